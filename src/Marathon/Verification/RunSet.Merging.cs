namespace Marathon.Verification;

/// <content>Runs of other sets.</content>
internal sealed partial class RunSet
{
    /// <summary>Adds the runs of another set.</summary>
    /// <returns>False when a run that lacks sequences met another, so that the number of distinct ones is only a lower bound.</returns>
    public bool Add(IReadOnlyList<SequenceRun> others)
    {
        Unpack();
        var exact = true;
        foreach (var other in others)
        {
            if (_count == 0 || other.First > _runs[_count - 1].Last)
                Append(other);
            else
                exact &= Unite(other);
        }

        return exact;
    }

    private void Append(in SequenceRun other)
    {
        if (_count > 0 && _runs[_count - 1].Last + 1 == other.First)
        {
            ref var top = ref _runs[_count - 1];
            (top.Last, top.LastOffset, top.Missing) = (other.Last, other.LastOffset, top.Missing + other.Missing);
            return;
        }

        InsertAt(_count, new Run(other));
    }

    private bool Unite(in SequenceRun other)
    {
        // All runs that touch the other one become one with it.
        var first = LastStartingAtOrBelow(other.First);
        if (first < 0 || _runs[first].Last + 1 < other.First)
            first++;
        var last = LastStartingAtOrBelow(other.Last + 1);
        if (last < first)
        {
            InsertAt(first, new Run(other));
            return true;
        }

        var united = new Run(other);
        var exact = true;
        long missing = 0, disjoint = other.Missing;
        for (var i = first; i <= last; i++)
        {
            ref readonly var run = ref _runs[i];
            var overlaps = run.First <= other.Last && run.Last >= other.First;
            if (run.First < united.First)
                (united.First, united.FirstOffset) = (run.First, run.FirstOffset);
            if (run.Last > united.Last)
                (united.Last, united.LastOffset) = (run.Last, run.LastOffset);
            if (overlaps && (run.Missing > 0 || other.Missing > 0))
            {
                exact = false;
                missing = Math.Max(missing, Math.Max(0, run.Missing - (other.Last - other.First + 1)));
                disjoint = Math.Max(0, disjoint - (Math.Min(run.Last, other.Last) - Math.Max(run.First, other.First) + 1));
            }
            else
            {
                missing += run.Missing;
            }
        }

        united.Missing = missing + disjoint;
        _runs[first] = united;
        Array.Copy(_runs, last + 1, _runs, first + 1, _count - last - 1);
        _count -= last - first;
        return exact;
    }
}
