namespace Marathon.Verification;

/// <summary>What must be read again, as few and as short requests as that takes.</summary>
internal sealed class RereadPlan
{
    private const long WorthOneRequest = 4096;
    private readonly SortedDictionary<(string Topic, int Partition), Wanted> _wanted = [];

    public void Want(PartitionHistory history, long from, long to, long missing, string why)
    {
        var key = (history.Topic, history.Partition);
        if (!_wanted.TryGetValue(key, out var wanted))
            _wanted[key] = wanted = new Wanted(history, why);

        wanted.Offsets = wanted.Offsets.Union(Intervals.Of(from, to));
        wanted.Missing += missing;
    }

    public IReadOnlyList<RereadRequest> Requests() => [.. _wanted.Values.SelectMany(RequestsFor)];

    private static IEnumerable<RereadRequest> RequestsFor(Wanted wanted)
    {
        var (history, missing) = (wanted.History, wanted.Missing);
        var offsets = wanted.Offsets.Except(history.RereadOffsets);

        // A request never crosses an end of what was read: its reading is either a second one or a first one, not a bit of both.
        foreach (var side in (IEnumerable<Intervals>)[offsets.Intersect(history.Cover.Offsets), offsets.Except(history.Cover.Offsets)])
        {
            foreach (var piece in Coalesce(side, history.Cover.Offsets))
            {
                yield return new RereadRequest(history.Topic, history.Partition, piece.From, piece.To, missing, wanted.Why);
                missing = 0;
            }
        }
    }

    private static IEnumerable<Interval> Coalesce(Intervals offsets, Intervals covered)
    {
        Interval? pending = null;
        foreach (var next in offsets)
        {
            if (pending is { } before && next.From - before.To <= WorthOneRequest && IsOnOneSide(before.From, next.To, covered))
            {
                pending = new Interval(before.From, next.To);
                continue;
            }

            if (pending is { } ready)
                yield return ready;

            pending = next;
        }

        if (pending is { } last)
            yield return last;
    }

    private static bool IsOnOneSide(long from, long to, Intervals covered)
    {
        var inside = covered.Within(from, to).Count;
        return inside == 0 || inside == to - from;
    }

    private sealed class Wanted(PartitionHistory history, string why)
    {
        public PartitionHistory History { get; } = history;

        public string Why { get; } = why;

        public Intervals Offsets { get; set; } = Intervals.Empty;

        public long Missing { get; set; }
    }
}
