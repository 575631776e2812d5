using Marathon.Latency;
using Marathon.Workers;

namespace Marathon.Kafka;

/// <summary>Latencies of a load over all its clients: since the measurement began, and since they were last asked for.</summary>
internal sealed class LoadLatency
{
    private volatile Baseline _measured = Baseline.None;
    private Baseline _sampled = Baseline.None;

    public static LatencySnapshot Merge(IEnumerable<LatencySnapshot> parts)
    {
        var whole = new LatencyHistogram();
        foreach (var part in parts)
            whole.Add(part);
        return whole.Snapshot();
    }

    /// <summary>What was recorded up to now is not measured.</summary>
    public void Begin(LatencySnapshot publish, LatencySnapshot endToEnd) => _measured = new Baseline(publish, endToEnd);

    public LatencySnapshot PublishSinceBegin(LatencySnapshot now) => now.Since(_measured.Publish);

    public LatencySnapshot EndToEndSinceBegin(LatencySnapshot now) => now.Since(_measured.EndToEnd);

    /// <summary>Latency since the last sample; null where nothing was measured.</summary>
    public LatencySample? Sample(IEnumerable<LatencySnapshot> publish, IEnumerable<LatencySnapshot> endToEnd)
    {
        var now = new Baseline(Merge(publish), Merge(endToEnd));
        var (published, received) = (now.Publish.Since(_sampled.Publish), now.EndToEnd.Since(_sampled.EndToEnd));
        _sampled = now;
        return published.Count + received.Count == 0
            ? null
            : new LatencySample(Percentile(published, 0.5), Percentile(published, 0.99), Percentile(received, 0.5), Percentile(received, 0.99));
    }

    private static double? Percentile(LatencySnapshot interval, double share) =>
        interval.Count == 0 ? null : LatencyHistogram.From(interval).Percentile(share) / 1000.0;

    private sealed record Baseline(LatencySnapshot Publish, LatencySnapshot EndToEnd)
    {
        public static Baseline None { get; } = new(LatencySnapshot.Empty, LatencySnapshot.Empty);
    }
}
