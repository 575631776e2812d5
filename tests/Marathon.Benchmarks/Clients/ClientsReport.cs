using System.Text.Json;

namespace Marathon.Benchmarks.Clients;

/// <summary>What the rounds came to, as a table and as JSON.</summary>
internal sealed class ClientsReport(IReadOnlyList<Round> rounds, long records, string kafkaHome)
{
    private static readonly JsonSerializerOptions s_indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly (string Name, Func<Round, Measurement> Of)[] s_contestants =
    [
        ("Marathon, verified produce", round => round.MarathonProduce),
        ("kafka-producer-perf-test", round => round.KafkaProduce),
        ("Marathon, verified consume", round => round.MarathonConsume),
        ("kafka-consumer-perf-test", round => round.KafkaConsume),
        ("Marathon, the same without verification", round => round.UncheckedConsume),
    ];

    private static readonly (string Name, Func<Round, double> Of)[] s_ratios =
    [
        ("produce: MB/s, Marathon / Kafka", round => round.MarathonProduce.MegabytesPerSecond / round.KafkaProduce.MegabytesPerSecond),
        ("produce: MB per CPU second, Marathon / Kafka", round => round.MarathonProduce.MegabytesPerCpuSecond / round.KafkaProduce.MegabytesPerCpuSecond),
        ("produce: records/s, Marathon (1 KiB) / verifiable", round => round.MarathonProduce.RecordsPerSecond / round.KafkaVerifiable.RecordsPerSecond),
        ("produce: records per CPU second, the same", round => round.MarathonProduce.RecordsPerCpuSecond / round.KafkaVerifiable.RecordsPerCpuSecond),
        ("consume: MB/s, Marathon / Kafka", round => round.MarathonConsume.MegabytesPerSecond / round.KafkaConsume.MegabytesPerSecond),
        ("consume: MB per CPU second, Marathon / Kafka", round => round.MarathonConsume.MegabytesPerCpuSecond / round.KafkaConsume.MegabytesPerCpuSecond),
        ("consume: CPU per record once warm, verified / not", round => round.MarathonConsume.WarmCpuMicrosecondsEach / round.UncheckedConsume.WarmCpuMicrosecondsEach),
    ];

    public void Print(TextWriter target)
    {
        target.WriteLine($"{rounds.Count} rounds of {records} records of {Workload.RecordBytes} bytes, {Workload.Partitions} partitions, acks=all, batch.size={Workload.BatchBytes}, linger.ms={Workload.LingerMilliseconds}, no compression; {Path.GetFileName(kafkaHome)}");
        target.WriteLine($"{"median (least to greatest)",-46} {"MB/s",-28} {"MB per CPU second",-28} CPU s");
        foreach (var (name, of) in s_contestants)
        {
            target.WriteLine(
                $"{name,-46} {Of(round => of(round).MegabytesPerSecond),-28} {Of(round => of(round).MegabytesPerCpuSecond),-28} {Of(round => of(round).CpuSeconds)}");
        }

        target.WriteLine(
            $"{"kafka-verifiable-producer",-46} {Of(round => round.KafkaVerifiable.RecordsPerSecond)} records/s, {Of(round => round.KafkaVerifiable.RecordsPerCpuSecond)} per CPU second");
        foreach (var (name, of) in s_ratios)
            target.WriteLine($"{name,-46} {Of(of)}");
    }

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            records,
            recordBytes = Workload.RecordBytes,
            partitions = Workload.Partitions,
            processors = Environment.ProcessorCount,
            rounds,
            ratios = s_ratios.ToDictionary(ratio => ratio.Name, ratio => Of(ratio.Of)),
        },
        s_indented);

    private Spread Of(Func<Round, double> value) => Spread.Of(rounds.Select(value));
}
