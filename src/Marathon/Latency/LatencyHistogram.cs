using System.Numerics;

namespace Marathon.Latency;

/// <summary>
/// A log-linear histogram of microseconds with three significant digits: exact below 1,024, then 512 buckets per power of
/// two, each reported by its middle, which is off by less than 0.1 %. Values below zero are counted as such and never
/// dropped. Room is taken a power of two at a time: some 50 KB in use, 128 KB at the most. One thread at a time.
/// </summary>
public sealed class LatencyHistogram
{
    /// <summary>Values above this (38 hours) are counted here; <see cref="Max"/> stays exact.</summary>
    public const long MaxTrackable = (1L << HighestExponent) - 1;

    private const int ExactBits = 10, HighestExponent = 37, PerOctave = 1 << (ExactBits - 1);
    private const int BucketCount = (1 << ExactBits) + ((HighestExponent - ExactBits) * PerOctave);
    private readonly long[]?[] _octaves = new long[BucketCount / PerOctave][];
    private long _sum, _max = long.MinValue, _min = long.MaxValue;

    /// <summary>Values recorded.</summary>
    public long Count { get; private set; }

    /// <summary>Values below zero among them.</summary>
    public long Negative { get; private set; }

    /// <summary>The largest value; 0 when there is none.</summary>
    public long Max => Count == 0 ? 0 : _max;

    /// <summary>The smallest value; 0 when there is none.</summary>
    public long Min => Count == 0 ? 0 : _min;

    /// <summary>The mean; 0 when there is no value.</summary>
    public double Mean => Count == 0 ? 0 : (double)_sum / Count;

    /// <summary>The histogram that a snapshot was made of.</summary>
    /// <exception cref="FormatException">The snapshot contradicts itself.</exception>
    public static LatencyHistogram From(LatencySnapshot snapshot)
    {
        var histogram = new LatencyHistogram();
        histogram.Add(snapshot);
        return histogram;
    }

    /// <summary>Records a value.</summary>
    public void Record(long microseconds)
    {
        Count++;
        _sum += microseconds;
        if (microseconds > _max)
            _max = microseconds;
        if (microseconds < _min)
            _min = microseconds;
        if ((ulong)microseconds > MaxTrackable)
        {
            if (microseconds < 0)
            {
                Negative++;
                return;
            }

            microseconds = MaxTrackable;
        }

        var bucket = BucketOf(microseconds);
        var octave = _octaves[(uint)bucket / PerOctave] ?? AddOctave(bucket);
        octave[bucket & (octave.Length - 1)]++;
    }

    /// <summary>Adds what another histogram has recorded.</summary>
    /// <exception cref="FormatException">The snapshot contradicts itself; nothing was added.</exception>
    public void Add(LatencySnapshot snapshot)
    {
        if (snapshot.Count == 0 && snapshot.Buckets.Count == 0)
            return;

        Validate(snapshot);
        for (var i = 0; i < snapshot.Buckets.Count; i += 2)
        {
            var bucket = (int)snapshot.Buckets[i];
            (_octaves[bucket / PerOctave] ??= new long[PerOctave])[bucket % PerOctave] += snapshot.Buckets[i + 1];
        }

        Count += snapshot.Count;
        Negative += snapshot.Negative;
        _sum += snapshot.SumMicroseconds;
        _max = Math.Max(_max, snapshot.MaxMicroseconds);
        _min = Math.Min(_min, snapshot.MinMicroseconds);
    }

    /// <summary>
    /// The value in microseconds that the given share of all values does not exceed, by nearest rank. Where that falls among
    /// the values below zero it is the smallest value.
    /// </summary>
    /// <param name="share">Above 0 and at most 1: 0.99 is the 99th percentile.</param>
    public long Percentile(double share)
    {
        if (share is not (> 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "the share of a percentile is above 0 and at most 1");
        if (Count == 0)
            return 0;

        var rank = Math.Clamp((long)Math.Ceiling(share * Count), 1, Count);
        if (rank == Count)
            return _max;

        var below = Negative;
        if (rank <= below)
            return _min;

        for (var bucket = 0; bucket < BucketCount; bucket++)
        {
            if (_octaves[bucket / PerOctave] is not { } octave)
            {
                bucket += PerOctave - 1;
                continue;
            }

            below += octave[bucket % PerOctave];
            if (below >= rank)
                return Math.Clamp(MiddleOf(bucket), _min, _max);
        }

        return _max;
    }

    /// <summary>The usual percentiles.</summary>
    public LatencySummary Summarise() => new(
        Count, Negative, Percentile(0.5), Percentile(0.9), Percentile(0.99), Percentile(0.999), Max);

    /// <summary>Its state, to be sent or merged.</summary>
    public LatencySnapshot Snapshot()
    {
        if (Count == 0)
            return LatencySnapshot.Empty;

        var buckets = new List<long>();
        for (var i = 0; i < BucketCount; i++)
        {
            if (_octaves[i / PerOctave]?[i % PerOctave] is > 0 and var count)
            {
                buckets.Add(i);
                buckets.Add(count);
            }
        }

        return new LatencySnapshot
        {
            Count = Count,
            Negative = Negative,
            SumMicroseconds = _sum,
            MaxMicroseconds = _max,
            MinMicroseconds = _min,
            Buckets = buckets,
        };
    }

    // Values that are exact are in the octave before the first one, which is as if its values were not shifted.
    private static int BucketOf(long value)
    {
        var shift = BitOperations.Log2((ulong)value | ((1 << ExactBits) - 1)) - (ExactBits - 1);
        return (shift * PerOctave) + (int)(value >> shift);
    }

    private long[] AddOctave(int bucket) => _octaves[bucket / PerOctave] = new long[PerOctave];

    internal static long MiddleOf(int bucket)
    {
        if (bucket < 1 << ExactBits)
            return bucket;

        var octave = (bucket - (1 << ExactBits)) / PerOctave;
        var lowest = (long)((bucket % PerOctave) + PerOctave) << (octave + 1);
        return lowest + (1L << octave);
    }

    private static void Validate(LatencySnapshot snapshot)
    {
        var buckets = snapshot.Buckets;
        if (buckets.Count % 2 != 0)
            throw new FormatException("buckets: pairs of bucket and count are wanted, the number of elements is odd");

        var total = snapshot.Negative;
        for (var i = 0; i < buckets.Count; i += 2)
        {
            if (buckets[i] is < 0 or >= BucketCount || (i > 0 && buckets[i] <= buckets[i - 2]))
                throw new FormatException($"buckets: bucket {buckets[i]} is not ascending or not below {BucketCount}");
            if (buckets[i + 1] < 0)
                throw new FormatException($"buckets: bucket {buckets[i]} has a negative count");

            total += buckets[i + 1];
        }

        if (snapshot.Negative < 0 || total != snapshot.Count)
            throw new FormatException($"count: is {snapshot.Count}, but the buckets and negative add up to {total}");
        if (snapshot.MinMicroseconds > snapshot.MaxMicroseconds || (snapshot.Negative > 0 && snapshot.MinMicroseconds >= 0))
            throw new FormatException("minMicroseconds: is above the maximum, or not negative although there are negative values");
    }
}
