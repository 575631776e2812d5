namespace Marathon.Verification;

/// <summary>The records of one stream within one segment; grows record by record, or by the tracker of the segment after it.</summary>
internal sealed class StreamTracker(StreamKey key, int bound)
{
    private readonly RunSet _runs = new(bound);
    private IntervalSet? _late;

    // The sequence after the highest, when the set of runs was last told of it, and now: what follows only moves the second.
    private long _toldNext = -1, _next = -1, _lastOffset, _toldCount;

    public StreamKey Key { get; } = key;

    public RunSet Runs
    {
        get
        {
            Tell();
            return _runs;
        }
    }

    public long Count => _toldCount + (_next - _toldNext);

    public ulong Digest { get; private set; }

    public long LateUnlisted { get; private set; }

    public long Doubtful { get; private set; }

    /// <summary>Records that have the sequence of another one.</summary>
    public long Duplicates => Math.Max(0, Count - Runs.Present - Doubtful);

    /// <summary>Records out of order.</summary>
    public long LateCount => (_late?.Count ?? 0) + LateUnlisted;

    public Intervals Late => _late?.ToIntervals() ?? Intervals.Empty;

    public static StreamTracker From(StreamEvidence evidence, int bound)
    {
        var tracker = new StreamTracker(new StreamKey(evidence.Incarnation, evidence.TopicId, evidence.Partition), bound);
        tracker.Runs.Add(evidence.Runs);
        tracker.AddLate(evidence.Late);
        (tracker._toldCount, tracker.Digest) = (evidence.Count, evidence.Digest);
        (tracker.LateUnlisted, tracker.Doubtful) = (tracker.LateUnlisted + evidence.LateUnlisted, evidence.Doubtful);
        return tracker;
    }

    /// <summary>What the digest adds for a record: any change of one of the three changes it.</summary>
    public static ulong Mix(long sequence, long offset, uint checksum)
    {
        var mixed = ((ulong)sequence * 0x9e3779b97f4a7c15UL) + ((ulong)offset * 0xc2b2ae3d27d4eb4fUL) + checksum;
        mixed = (mixed ^ (mixed >> 32)) * 0xd6e8feb86659fd93UL;
        return mixed ^ (mixed >> 32);
    }

    /// <summary>Adds the record if it is the one after the highest that was added last; else it does nothing.</summary>
    public bool TryContinue(long sequence, long offset, uint checksum)
    {
        if (sequence != _next)
            return false;

        (_next, _lastOffset) = (sequence + 1, offset);
        Digest += Mix(sequence, offset, checksum);
        return true;
    }

    public RunAddition Add(long sequence, long offset, uint checksum)
    {
        if (TryContinue(sequence, offset, checksum))
            return RunAddition.Above;

        var addition = Runs.Add(sequence, offset);
        if (addition == RunAddition.Late)
            AddLate(sequence, sequence + 1);
        else if (addition == RunAddition.Doubtful)
            Doubtful++;

        _toldCount++;
        Digest += Mix(sequence, offset, checksum);
        if (addition == RunAddition.Above)
            (_toldNext, _next) = (sequence + 1, sequence + 1);

        return addition;
    }

    /// <summary>
    /// Adds what the same stream did at higher offsets. What is new there and below the highest sequence here is late; what was
    /// late there stays so unless it had been read here.
    /// </summary>
    public void Append(StreamTracker later)
    {
        if (later.Runs.Lowest > Runs.Highest)
        {
            AddLate(later.Late);
        }
        else
        {
            var here = Runs.ToIntervals();
            AddLate(later.Runs.ToIntervals().Except(here).Within(0, Runs.Highest));
            AddLate(later.Late.Except(here));
        }

        var (duplicates, exact) = (Duplicates + later.Duplicates, Runs.Add(later.Runs.ToRuns()));
        _toldCount += later.Count;
        (_toldNext, _next) = (-1, -1);
        Digest += later.Digest;
        LateUnlisted += later.LateUnlisted;
        Doubtful = exact ? Doubtful + later.Doubtful : Math.Max(Doubtful + later.Doubtful, Count - Runs.Present - duplicates);
    }

    /// <summary>What of it is higher than that sequence; of a stream in order and without duplicates.</summary>
    public StreamTracker Above(long highest)
    {
        var part = new StreamTracker(Key, bound);
        part.Runs.Add([.. Runs.ToRuns().Where(run => run.Last > highest).Select(run => run.First > highest ? run : run with { First = highest + 1 })]);
        part._toldCount = part.Runs.Present;
        return part;
    }

    public StreamEvidence Snapshot() => new()
    {
        Incarnation = Key.Incarnation,
        TopicId = Key.TopicId,
        Partition = Key.Partition,
        Count = Count,
        Digest = Digest,
        Runs = Runs.ToRuns(),
        Late = Late,
        LateUnlisted = LateUnlisted,
        Doubtful = Doubtful,
    };

    private void Tell()
    {
        if (_next == _toldNext)
            return;

        _runs.Continue(_next - 1, _lastOffset);
        _toldCount += _next - _toldNext;
        _toldNext = _next;
    }

    private void AddLate(Intervals intervals)
    {
        foreach (var interval in intervals)
            AddLate(interval.From, interval.To);
    }

    private void AddLate(long from, long to)
    {
        _late ??= new IntervalSet(bound);
        if (!_late.TryAdd(from, to))
            LateUnlisted += to - from;
    }
}
