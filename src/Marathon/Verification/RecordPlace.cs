namespace Marathon.Verification;

/// <summary>
/// Where in a partition records must be that were not read: between those before and those after them in their stream, or
/// between the offsets that were acknowledged.
/// </summary>
internal static class RecordPlace
{
    /// <summary>The offsets [from, to) that hold the sequences if any do; to is <see cref="RereadRequest.ToEnd"/> where nothing bounds it.</summary>
    /// <param name="runs">What was read of the stream, by offset; empty when nothing was.</param>
    /// <param name="missing">Sequences in none of the runs.</param>
    /// <param name="evidence">What the producer knows, where sends are in order; null where they may overtake each other.</param>
    public static Interval Of(IReadOnlyList<SequenceRun> runs, Interval missing, ProducerPartitionEvidence? evidence)
    {
        var above = FirstAbove(runs, missing.From);
        if (above > 0 && above < runs.Count)
        {
            // The neighbours are read again too: they prove that the reading passed the place.
            var (before, after) = (runs[above - 1].LastOffset, runs[above].FirstOffset);
            if (before < after)
                return new Interval(before, after + 1);

            // The log went back between the two, nobody knows how far: it may be behind all that was read before.
            return new Interval(Math.Min(runs[above - 1].FirstOffset, after), before + 1);
        }

        var from = above > 0 ? runs[above - 1].LastOffset + 1
            : evidence?.Lowest is { } lowest && lowest.Sequence <= missing.From ? lowest.Offset
            : 0;
        var to = above < runs.Count ? runs[above].FirstOffset
            : evidence?.Highest is { } highest && highest.Sequence >= missing.To - 1 ? highest.Offset + 1
            : RereadRequest.ToEnd;
        if (to <= from)
            return above < runs.Count ? new Interval(0, to) : new Interval(from, RereadRequest.ToEnd);

        return new Interval(from, to);
    }

    private static int FirstAbove(IReadOnlyList<SequenceRun> runs, long sequence)
    {
        int low = 0, high = runs.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (runs[middle].First <= sequence)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
