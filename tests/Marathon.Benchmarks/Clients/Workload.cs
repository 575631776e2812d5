using System.Globalization;
using Marathon.Kafka.Clients;
using Marathon.Workers.Load;

namespace Marathon.Benchmarks.Clients;

/// <summary>The same work for every client.</summary>
internal sealed record Workload(string BootstrapServers, string Topic, long Records)
{
    public const int Partitions = 12, RecordBytes = 1024;

    public double Megabytes => Records * RecordBytes / 1e6;

    public static string BatchBytes => ClientProperties.BatchBytes.ToString(CultureInfo.InvariantCulture);

    public static string LingerMilliseconds => ClientProperties.Linger.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);

    /// <summary>Acks=all, idempotent, no compression: what the Java producer does by default.</summary>
    public LoadSpec Spec() => new()
    {
        RunId = "bench",
        BootstrapServers = BootstrapServers,
        Topics = [new TopicRef(Topic, 1, Partitions)],
        RatePerSecond = null,
        RecordSizeBytes = RecordBytes,
    };

    public LoadSpec Producing() => Spec() with { Producers = [new ProducerSpec("p", ProducerSpec.IncarnationsPerLife, Topic)] };

    public LoadSpec Consuming() => Spec() with { Consumers = [new ConsumerSpec("c", Topic, "bench", [.. Enumerable.Range(0, Partitions)])] };
}
