using System.Globalization;
using System.Text.Json;

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

    /// <summary>kafka-verifiable-producer. It says a line of each record: only the last one is kept.</summary>
    public async Task<VerifiableMeasurement> KafkaVerifiableProduceAsync(Workload work)
    {
        var properties = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                properties, $"compression.type=none\nbatch.size={Workload.BatchBytes}\nlinger.ms={Workload.LingerMilliseconds}\n");
            var (output, cpu) = await MeasuredProcess.RunAsync(
                "bash",
                "-c",
                "set -o pipefail; \"$0\" \"$@\" | tail -n 1",
                "java",
                "-Xmx512m",
                "-cp",
                $"{kafkaHome}/libs/*",
                "org.apache.kafka.tools.VerifiableProducer",
                "--bootstrap-server", work.BootstrapServers, "--topic", work.Topic, "--max-messages", Number(work.Records), "--acks", "-1",
                "--producer.config", properties);

            // {"timestamp":…,"name":"tool_data","sent":100000,"acked":100000,"target_throughput":-1,"avg_throughput":61349.7}
            using var last = JsonDocument.Parse(output);
            var acknowledged = last.RootElement.GetProperty("acked").GetInt64();
            if (acknowledged != work.Records)
                throw new InvalidOperationException($"{acknowledged} of {work.Records} records were acknowledged: {output}");
            return new VerifiableMeasurement(last.RootElement.GetProperty("avg_throughput").GetDouble(), acknowledged / cpu);
        }
        finally
        {
            File.Delete(properties);
        }
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
