namespace Marathon.Latency;

/// <summary>Percentiles in microseconds.</summary>
/// <param name="Count">Values, those below zero included.</param>
/// <param name="Negative">Values below zero: the clocks of two hosts disagree by more than the latency.</param>
/// <param name="P50">Median.</param>
/// <param name="P90">90th percentile.</param>
/// <param name="P99">99th percentile.</param>
/// <param name="P999">99.9th percentile.</param>
/// <param name="Max">The largest, exact.</param>
public sealed record LatencySummary(long Count, long Negative, long P50, long P90, long P99, long P999, long Max);
