namespace Marathon.Verification;

/// <summary>
/// The distinct sequences of a stream as ascending runs with the offsets of their ends. At its bound the two lowest runs
/// become one that remembers how many it lacks, but no longer which. Packed it takes a few bytes a run until it is added to.
/// </summary>
internal sealed partial class RunSet(int bound)
{
    private const int WorthPacking = 8;
    private Run[] _runs = new Run[1];
    private byte[]? _packed;
    private long _packedHighest;
    private int _count;

    public int Count => All.Length;

    /// <summary>The highest sequence; -1 when empty.</summary>
    public long Highest => _packed is not null ? _packedHighest : _count == 0 ? -1 : _runs[_count - 1].Last;

    /// <summary>The lowest sequence; -1 when empty.</summary>
    public long Lowest => All is [var lowest, ..] ? lowest.First : -1;

    /// <summary>Distinct sequences.</summary>
    public long Present
    {
        get
        {
            var present = 0L;
            foreach (ref readonly var run in All)
                present += run.Last - run.First + 1 - run.Missing;

            return present;
        }
    }

    /// <summary>Whether some sequence's presence is not known.</summary>
    public bool IsBlurred
    {
        get
        {
            foreach (ref readonly var run in All)
            {
                if (run.Missing > 0)
                    return true;
            }

            return false;
        }
    }

    private ReadOnlySpan<Run> All => _packed is null ? _runs.AsSpan(0, _count) : Unpacked(_packed);

    /// <summary>For a set that is not added to for a while.</summary>
    public void Pack()
    {
        if (_count < WorthPacking)
            return;

        (_packedHighest, _packed) = (Highest, PackedRuns.Pack(ToRuns()));
        (_runs, _count) = ([], 0);
    }

    /// <summary>The highest run goes on to that sequence, which is above it.</summary>
    public void Continue(long last, long lastOffset)
    {
        Unpack();
        ref var top = ref _runs[_count - 1];
        (top.Last, top.LastOffset) = (last, lastOffset);
    }

    public RunAddition Add(long sequence, long offset)
    {
        if (_count > 0)
        {
            ref var top = ref _runs[_count - 1];
            if (sequence == top.Last + 1)
            {
                top.Last = sequence;
                top.LastOffset = offset;
                return RunAddition.Above;
            }

            if (sequence <= top.Last)
                return AddBelow(sequence, offset);

            return AddAbove(sequence, offset);
        }

        return Unpack() ? Add(sequence, offset) : AddAbove(sequence, offset);
    }

    /// <summary>Whether the sequence is there; null when that is not known.</summary>
    public bool? Contains(long sequence)
    {
        if (sequence > Highest)
            return false;

        var runs = All;
        var at = LastStartingAtOrBelow(runs, sequence);
        if (at < 0 || sequence > runs[at].Last)
            return false;

        return runs[at].Missing > 0 ? null : true;
    }

    public Intervals ToIntervals()
    {
        var all = All;
        var bounds = new List<long>(all.Length * 2);
        foreach (ref readonly var run in all)
        {
            if (bounds.Count > 0 && bounds[^1] == run.First)
                bounds[^1] = run.Last + 1;
            else
                bounds.AddRange([run.First, run.Last + 1]);
        }

        return Intervals.FromBounds(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bounds));
    }

    public SequenceRun[] ToRuns()
    {
        if (_packed is not null)
            return PackedRuns.Unpack(_packed);

        var runs = new SequenceRun[_count];
        for (var i = 0; i < _count; i++)
            runs[i] = new SequenceRun(_runs[i].First, _runs[i].Last, _runs[i].FirstOffset, _runs[i].LastOffset, _runs[i].Missing);

        return runs;
    }

    private static Run[] Unpacked(byte[] packed) => Array.ConvertAll(PackedRuns.Unpack(packed), run => new Run(run));

    private bool Unpack()
    {
        if (_packed is null)
            return false;

        _runs = Unpacked(_packed);
        (_count, _packed) = (_runs.Length, null);
        return true;
    }

    private RunAddition AddAbove(long sequence, long offset)
    {
        InsertAt(_count, new Run(sequence, offset));
        return RunAddition.Above;
    }

    private RunAddition AddBelow(long sequence, long offset)
    {
        var at = LastStartingAtOrBelow(sequence);
        if (at >= 0 && sequence <= _runs[at].Last)
            return _runs[at].Missing > 0 ? RunAddition.Doubtful : RunAddition.Duplicate;

        var joinsLower = at >= 0 && _runs[at].Last + 1 == sequence;
        var joinsUpper = _runs[at + 1].First - 1 == sequence;
        if (joinsLower && joinsUpper)
        {
            _runs[at].Last = _runs[at + 1].Last;
            _runs[at].LastOffset = _runs[at + 1].LastOffset;
            _runs[at].Missing += _runs[at + 1].Missing;
            RemoveAt(at + 1);
        }
        else if (joinsLower)
        {
            (_runs[at].Last, _runs[at].LastOffset) = (sequence, offset);
        }
        else if (joinsUpper)
        {
            (_runs[at + 1].First, _runs[at + 1].FirstOffset) = (sequence, offset);
        }
        else
        {
            InsertAt(at + 1, new Run(sequence, offset));
        }

        return RunAddition.Late;
    }

    private void InsertAt(int at, in Run run)
    {
        if (_count == _runs.Length)
            Array.Resize(ref _runs, (int)Math.Min(_runs.Length * 2L, bound + 1L));

        Array.Copy(_runs, at, _runs, at + 1, _count - at);
        _runs[at] = run;
        _count++;
        if (_count <= bound)
            return;

        ref var lowest = ref _runs[0];
        ref readonly var second = ref _runs[1];
        lowest.Missing += second.Missing + (second.First - lowest.Last - 1);
        (lowest.Last, lowest.LastOffset) = (second.Last, second.LastOffset);
        RemoveAt(1);
    }

    private void RemoveAt(int at)
    {
        Array.Copy(_runs, at + 1, _runs, at, _count - at - 1);
        _count--;
    }

    private int LastStartingAtOrBelow(long sequence) => LastStartingAtOrBelow(_runs.AsSpan(0, _count), sequence);

    private static int LastStartingAtOrBelow(ReadOnlySpan<Run> runs, long sequence)
    {
        int low = 0, high = runs.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (runs[middle].First <= sequence)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }

    private struct Run(in SequenceRun run)
    {
        public long First = run.First, Last = run.Last, FirstOffset = run.FirstOffset, LastOffset = run.LastOffset, Missing = run.Missing;

        public Run(long sequence, long offset)
            : this(new SequenceRun(sequence, sequence, offset, offset))
        {
        }
    }
}
