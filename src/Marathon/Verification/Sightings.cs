namespace Marathon.Verification;

/// <summary>The sequences of a stream that anybody read.</summary>
internal sealed class Sightings
{
    private Intervals _exact = Intervals.Empty, _blurred = Intervals.Empty;
    private long _missing;

    /// <summary>Sequences that were read for certain.</summary>
    public Intervals Sure => _exact;

    /// <summary>Those read by read_committed consumers.</summary>
    public Intervals Committed { get; private set; } = Intervals.Empty;

    /// <summary>Sequences of which a bound has made it impossible to say whether they were read, and how many were not.</summary>
    public Intervals Unsure => _blurred.Except(_exact);

    /// <summary>How many of the unsure ones were not read, at most.</summary>
    public long Missing => Math.Min(_missing, Unsure.Count);

    /// <summary>Sequences in runs that lack none.</summary>
    public static Intervals Exact(IReadOnlyList<SequenceRun> runs) => Of(runs.Where(run => run.Missing == 0));

    /// <summary>Sequences that may be there.</summary>
    public static Intervals Range(IReadOnlyList<SequenceRun> runs) => Of(runs);

    public void Add(IReadOnlyList<SequenceRun> runs, Isolation isolation)
    {
        var exact = Exact(runs);
        _exact = _exact.Union(exact);
        if (isolation == Isolation.ReadCommitted)
            Committed = Committed.Union(exact);

        foreach (var run in runs.Where(run => run.Missing > 0))
        {
            var range = Intervals.Of(run.First, run.Last + 1);
            if (!range.Except(_blurred).IsEmpty)
                _missing += run.Missing;

            _blurred = _blurred.Union(range);
        }
    }

    public void Add(Sightings other)
    {
        _exact = _exact.Union(other._exact);
        Committed = Committed.Union(other.Committed);
        if (!other._blurred.Except(_blurred).IsEmpty)
            _missing += other._missing;

        _blurred = _blurred.Union(other._blurred);
    }

    private static Intervals Of(IEnumerable<SequenceRun> runs)
    {
        var bounds = new List<long>();
        foreach (var run in runs)
        {
            if (bounds.Count > 0 && bounds[^1] == run.First)
                bounds[^1] = run.Last + 1;
            else
                bounds.AddRange([run.First, run.Last + 1]);
        }

        return Intervals.FromBounds(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bounds));
    }
}
