using Marathon.Latency;
using Marathon.Workers;

namespace Marathon.Kafka.Consuming;

/// <summary>How a consumer fares, as of some tenths of a second ago.</summary>
internal sealed record ConsumerStatus(
    long Received, long Bytes, LatencySnapshot Latency, IReadOnlyList<PartitionPosition> Positions, IReadOnlyDictionary<string, long> Anomalies)
{
    public static ConsumerStatus None { get; } = new(0, 0, LatencySnapshot.Empty, [], new Dictionary<string, long>());
}
