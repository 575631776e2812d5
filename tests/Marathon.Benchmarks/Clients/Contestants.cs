using System.Globalization;

namespace Marathon.Benchmarks.Clients;

/// <summary>Those that are compared.</summary>
internal sealed class Contestants(string kafkaHome)
{
    public Task<Measurement> MarathonProduceAsync(Workload work) => MarathonAsync("produce", work);

    public Task<Measurement> MarathonConsumeAsync(Workload work) => MarathonAsync("consume", work);

    public Task<Measurement> UncheckedConsumeAsync(Workload work) => MarathonAsync("consume-unchecked", work);

    /// <summary>kafka-producer-perf-test.</summary>
    public async Task<Measurement> KafkaProduceAsync(Workload work)
    {
        var (output, cpu) = await JavaAsync(
            "org.apache.kafka.tools.ProducerPerformance",
            "--topic", work.Topic, "--num-records", Number(work.Records), "--record-size", Number(Workload.RecordBytes), "--throughput", "-1",
            "--producer-props", $"bootstrap.servers={work.BootstrapServers}", "acks=all", "compression.type=none",
            $"batch.size={Workload.BatchBytes}", $"linger.ms={Workload.LingerMilliseconds}");

        // 100000 records sent, 61349.7 records/sec (59.91 MB/sec), 361.19 ms avg latency, …
        var last = output.Trim().Split('\n')[^1];
        var recordsPerSecond = double.Parse(last.Split(", ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        return Measurement.Of(work.Megabytes, recordsPerSecond * Workload.RecordBytes / 1e6, cpu);
    }

    /// <summary>kafka-consumer-perf-test.</summary>
    public async Task<Measurement> KafkaConsumeAsync(Workload work)
    {
        var (output, cpu) = await JavaAsync(
            "org.apache.kafka.tools.ConsumerPerformance",
            "--bootstrap-server", work.BootstrapServers, "--topic", work.Topic, "--messages", Number(work.Records),
            "--group", $"perf-{work.Topic}", "--timeout", "60000", "--hide-header");

        // start.time, end.time, data.consumed.in.MB, MB.sec, data.consumed.in.nMsg, nMsg.sec, rebalance.time.ms, fetch.time.ms, fetch.MB.sec, …
        var fields = output.Trim().Split('\n')[^1].Split(", ");
        var (records, fetchMilliseconds) = (Parse(fields[4]), Parse(fields[7]));
        return Measurement.Of(work.Megabytes, records * Workload.RecordBytes / 1e6 / (fetchMilliseconds / 1000), cpu);
    }

    private static async Task<Measurement> MarathonAsync(string what, Workload work)
    {
        var (output, cpu) = await MeasuredProcess.RunAsync(
            Environment.ProcessPath!, "clients-one", what, work.BootstrapServers, work.Topic, Number(work.Records));
        var fields = output.Trim().Split(' ');
        var megabytes = Parse(fields[0]) * Workload.RecordBytes / 1e6;
        return Measurement.Of(megabytes, megabytes / Parse(fields[1]), cpu, Parse(fields[2]));
    }

    private Task<(string Output, double CpuSeconds)> JavaAsync(string tool, params string[] arguments) =>
        MeasuredProcess.RunAsync("java", ["-Xmx512m", "-cp", $"{kafkaHome}/libs/*", tool, .. arguments]);

    private static double Parse(string number) => double.Parse(number.Trim(), CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
