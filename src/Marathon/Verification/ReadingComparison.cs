namespace Marathon.Verification;

/// <summary>Compares what different consumers got from the same offsets, between ends that their readings have in common.</summary>
internal static class ReadingComparison
{
    /// <param name="history">The partition.</param>
    /// <param name="uncertain">By stream, sequences that nobody promised to be there: a second reading need not show them.</param>
    public static IEnumerable<AnomalyTally> Conflicts(PartitionHistory history, Func<StreamKey, Intervals> uncertain)
    {
        foreach (var chain in Chains(history.Cover.Others))
        {
            // A reading of another isolation level rightly sees other records.
            var covering = Chains(history.Cover.Chosen.Where(chosen => chosen.Consumer.Isolation == chain[0].Consumer.Isolation));
            foreach (var first in covering)
            {
                foreach (var tally in Compare(history, first, chain, uncertain))
                    yield return tally;
            }
        }
    }

    /// <summary>Readings, each of which begins where the one before ends.</summary>
    private static List<List<Reading>> Chains(IEnumerable<Reading> readings)
    {
        var chains = new List<List<Reading>>();
        foreach (var reading in readings.OrderBy(reading => reading.First).ThenBy(reading => reading.Next))
        {
            var chain = chains.FirstOrDefault(each => each[^1].Next == reading.First && IsSameKind(each[^1], reading));
            if (chain is null)
                chains.Add([reading]);
            else
                chain.Add(reading);
        }

        return chains;
    }

    private static bool IsSameKind(Reading left, Reading right) =>
        left.Consumer.Isolation == right.Consumer.Isolation && left.Consumer.Rereader == right.Consumer.Rereader;

    private static IEnumerable<AnomalyTally> Compare(PartitionHistory history, List<Reading> first, List<Reading> second, Func<StreamKey, Intervals> uncertain)
    {
        var common = Ends(first).Intersect(Ends(second)).Order().ToArray();
        for (var i = 1; i < common.Length; i++)
        {
            var (left, right) = (Within(first, common[i - 1], common[i]), Within(second, common[i - 1], common[i]));
            if (Digest(left) != Digest(right) && Judge(history, common[i - 1], common[i], left, right, uncertain) is { } tally)
                yield return tally;
        }
    }

    private static AnomalyTally? Judge(
        PartitionHistory history, long from, long to, Reading[] first, Reading[] second, Func<StreamKey, Intervals> uncertain)
    {
        var (left, right) = (Sequences(first), Sequences(second));
        long onlyFirst = 0, onlySecond = 0;
        var isExcused = false;
        foreach (var key in left.Keys.Union(right.Keys))
        {
            var (a, b) = (left.GetValueOrDefault(key) ?? Intervals.Empty, right.GetValueOrDefault(key) ?? Intervals.Empty);
            var (gone, come) = (a.Except(b), b.Except(a));
            var excused = gone.Union(come).Intersect(uncertain(key));
            isExcused |= !excused.IsEmpty;
            onlyFirst += gone.Except(excused).Count;
            onlySecond += come.Except(excused).Count;
        }

        if (isExcused && onlyFirst == 0 && onlySecond == 0)
            return null;

        // What only the second reading has, the join counts as passed over by the first.
        if (onlyFirst == 0 && onlySecond > 0)
            return null;

        var (kind, count, what) = (onlyFirst, onlySecond) switch
        {
            ( > 0, 0) when second[0].Consumer.Rereader => (AnomalyKind.LogRegression, onlyFirst, "records that had been read are gone"),
            ( > 0, 0) => (AnomalyKind.PollSkip, onlyFirst, "records were passed over that another consumer got"),
            _ => (AnomalyKind.OffsetConflict, Math.Max(1, Math.Max(onlyFirst, onlySecond)), "two consumers got different records"),
        };
        return new AnomalyTally(kind, count,
        [
            new AnomalyExample
            {
                Topic = history.Topic,
                Partition = history.Partition,
                Offset = from,
                SeenBy = $"{first[0].Consumer.Name}, {second[0].Consumer.Name}",
                Detail = $"{what} at offsets {new Interval(from, to)}: {onlyFirst} only the one had, {onlySecond} only the other",
            },
        ]);
    }

    private static IEnumerable<long> Ends(List<Reading> chain) => chain.Select(reading => reading.First).Append(chain[^1].Next);

    private static Reading[] Within(List<Reading> chain, long from, long to) =>
        [.. chain.Where(reading => reading.First >= from && reading.Next <= to)];

    private static (long Count, ulong Sum) Digest(Reading[] readings)
    {
        var (count, sum) = (0L, 0UL);
        foreach (var stream in readings.SelectMany(reading => reading.Segment.Streams))
            (count, sum) = (count + stream.Count, sum + (stream.Digest * (ulong)(2 * stream.Incarnation + 1)));

        return (count, sum);
    }

    private static Dictionary<StreamKey, Intervals> Sequences(Reading[] readings)
    {
        var sequences = new Dictionary<StreamKey, Intervals>();
        foreach (var stream in readings.SelectMany(reading => reading.Segment.Streams))
        {
            var key = new StreamKey(stream.Incarnation, stream.TopicId, stream.Partition);
            sequences[key] = (sequences.GetValueOrDefault(key) ?? Intervals.Empty).Union(Sightings.Range(stream.Runs));
        }

        return sequences;
    }
}
