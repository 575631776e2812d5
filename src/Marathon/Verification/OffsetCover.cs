namespace Marathon.Verification;

/// <summary>
/// Of all readings of a partition, disjoint ones that cover the most offsets: each offset is judged once. The others read
/// again what these had read, or stick out of it where a crash left no common end.
/// </summary>
internal sealed class OffsetCover
{
    private readonly HashSet<Reading> _chosen;

    private OffsetCover(IReadOnlyList<Reading> chosen, IEnumerable<Reading> all)
    {
        (Chosen, _chosen) = (chosen, [.. chosen]);
        Others = [.. all.Where(reading => !IsChosen(reading)).OrderBy(reading => reading.First)];
        foreach (var reading in chosen)
            Offsets = Offsets.Union(Intervals.Of(reading.First, reading.Next));
    }

    /// <summary>Disjoint, by offset.</summary>
    public IReadOnlyList<Reading> Chosen { get; }

    /// <summary>The rest, by offset.</summary>
    public IReadOnlyList<Reading> Others { get; }

    /// <summary>The offsets of <see cref="Chosen"/>.</summary>
    public Intervals Offsets { get; } = Intervals.Empty;

    /// <summary>Whether the reading is one of <see cref="Chosen"/>.</summary>
    public bool IsChosen(Reading reading) => _chosen.Contains(reading);

    /// <summary>Weighted interval scheduling: the weight is the number of offsets, and among equals that of those read first-hand.</summary>
    public static OffsetCover Of(IEnumerable<Reading> readings)
    {
        var sorted = readings.ToArray();
        Array.Sort(sorted, Reading.Compare);
        var best = new (long Offsets, long FirstHand)[sorted.Length + 1];
        var before = new int[sorted.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            before[i] = CountEndingBy(sorted, sorted[i].First, i);
            var (offsets, below) = (sorted[i].Next - sorted[i].First, best[before[i]]);
            var with = (below.Offsets + offsets, below.FirstHand + (sorted[i].Consumer.Rereader ? 0 : offsets));
            best[i + 1] = best[i].CompareTo(with) >= 0 ? best[i] : with;
        }

        var chosen = new List<Reading>();
        for (var i = sorted.Length; i > 0;)
        {
            if (best[i] == best[i - 1])
            {
                i--;
                continue;
            }

            chosen.Add(sorted[i - 1]);
            i = before[i - 1];
        }

        chosen.Reverse();
        return new OffsetCover(chosen, sorted);
    }

    private static int CountEndingBy(Reading[] sorted, long offset, int limit)
    {
        int low = 0, high = limit;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle].Next <= offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
