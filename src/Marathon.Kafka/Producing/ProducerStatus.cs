using Marathon.Latency;

namespace Marathon.Kafka.Producing;

/// <summary>How a producer fares, as of some tenths of a second ago: counters that belong together.</summary>
internal sealed record ProducerStatus(
    long Scheduled, long Sent, long Acknowledged, long Failed, long Indeterminate, long BytesAcknowledged, LatencySnapshot Latency)
{
    public static ProducerStatus None { get; } = new(0, 0, 0, 0, 0, 0, LatencySnapshot.Empty);
}
