namespace Marathon.Latency;

/// <summary>
/// The state of a <see cref="LatencyHistogram"/>, sparse: pairs of bucket index and count, ascending by index.
/// </summary>
public sealed record LatencySnapshot
{
    /// <summary>Nothing recorded.</summary>
    public static LatencySnapshot Empty { get; } = new();

    /// <summary>Values recorded, those below zero included.</summary>
    public long Count { get; init; }

    /// <summary>Values below zero: the two clocks disagree by more than the latency.</summary>
    public long Negative { get; init; }

    /// <summary>Sum of all values in microseconds, exact, those below zero included.</summary>
    public long SumMicroseconds { get; init; }

    /// <summary>The largest value in microseconds, exact; 0 when there is none.</summary>
    public long MaxMicroseconds { get; init; }

    /// <summary>The smallest value in microseconds, exact; 0 when there is none.</summary>
    public long MinMicroseconds { get; init; }

    /// <summary>Bucket, count, bucket, count, …</summary>
    public IReadOnlyList<long> Buckets { get; init; } = [];
}
