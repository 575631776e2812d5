using Marathon.Verification;

namespace Marathon.Worker.Tests;

/// <summary>Sums over evidence.</summary>
internal static class EvidenceSums
{
    public static long Acknowledged(this WorkerEvidence evidence) =>
        evidence.Producers.SelectMany(producer => producer.Partitions).Sum(partition => partition.Acknowledged.Count);

    public static long Received(this WorkerEvidence evidence) => evidence.Consumers
        .SelectMany(consumer => consumer.Partitions)
        .SelectMany(partition => partition.Segments)
        .SelectMany(segment => segment.Streams)
        .Sum(stream => stream.Count);
}
