namespace Marathon.Latency;

/// <summary>What a histogram recorded between two snapshots of it.</summary>
public static class LatencyDifference
{
    /// <summary>
    /// What was recorded since the earlier snapshot of the same histogram. Maximum and minimum are exact when they were
    /// reached since then; else they are the middle of the outermost bucket in use.
    /// </summary>
    public static LatencySnapshot Since(this LatencySnapshot later, LatencySnapshot earlier)
    {
        if (earlier.Count == 0)
            return later;
        if (later.Count == earlier.Count)
            return LatencySnapshot.Empty;

        var buckets = new List<long>();
        var at = 0;
        for (var i = 0; i < later.Buckets.Count; i += 2)
        {
            var (bucket, count) = (later.Buckets[i], later.Buckets[i + 1]);
            while (at < earlier.Buckets.Count && earlier.Buckets[at] < bucket)
                at += 2;
            if (at < earlier.Buckets.Count && earlier.Buckets[at] == bucket)
                count -= earlier.Buckets[at + 1];
            if (count > 0)
                buckets.AddRange([bucket, count]);
        }

        var negative = later.Negative - earlier.Negative;
        var lowest = negative > 0 || buckets.Count == 0 ? later.MinMicroseconds : LatencyHistogram.MiddleOf((int)buckets[0]);
        var highest = buckets.Count == 0 ? later.MinMicroseconds : LatencyHistogram.MiddleOf((int)buckets[^2]);
        return new LatencySnapshot
        {
            Count = later.Count - earlier.Count,
            Negative = negative,
            SumMicroseconds = later.SumMicroseconds - earlier.SumMicroseconds,
            MaxMicroseconds = later.MaxMicroseconds > earlier.MaxMicroseconds ? later.MaxMicroseconds : Math.Min(highest, later.MaxMicroseconds),
            MinMicroseconds = later.MinMicroseconds < earlier.MinMicroseconds ? later.MinMicroseconds : Math.Max(lowest, later.MinMicroseconds),
            Buckets = buckets,
        };
    }
}
