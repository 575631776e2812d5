namespace Marathon.Verification;

/// <summary>The sequences of one incarnation in one partition, and what became of them.</summary>
internal sealed class PartitionLedger(CheckerLimits limits)
{
    private readonly IntervalSet _acknowledged = new(limits.Runs), _failed = new(limits.Runs), _indeterminate = new(limits.Runs),
        _aborted = new(limits.Runs), _pending = new(limits.Runs), _doubtful = new(limits.Runs);

    private readonly SendOrder _order = new();
    private readonly List<AnomalyExample> _examples = [];
    private long _next, _transactionFrom = long.MaxValue, _closedBelow, _inversions;
    private long _highestOffset = -1, _highestSequence, _lowestOffset = long.MaxValue, _lowestSequence;
    private bool _overflowed;

    /// <summary>Whether the next few exceptions may exceed the limits.</summary>
    public bool IsHalfFull =>
        Math.Max(Math.Max(_acknowledged.Pieces, _failed.Pieces), Math.Max(_indeterminate.Pieces, _aborted.Pieces)) > limits.Runs / 2;

    public long Next()
    {
        _order.Sending(_next, _highestOffset);
        return _next++;
    }

    public void Acknowledged(long sequence, long offset)
    {
        if (IsClosed(sequence))
            return;
        if (offset >= 0)
            Located(sequence, offset);

        Add(sequence >= _transactionFrom ? _pending : _acknowledged, sequence, sequence + 1);
    }

    public void Failed(long sequence)
    {
        if (!IsClosed(sequence))
            Add(_failed, sequence, sequence + 1);
    }

    public void Indeterminate(long sequence)
    {
        // The end of a transaction may yet settle it; until then it counts as in flight.
        if (!IsClosed(sequence))
            Add(sequence >= _transactionFrom ? _doubtful : _indeterminate, sequence, sequence + 1);
    }

    /// <returns>How many sends had no outcome.</returns>
    public long GiveUpOpen()
    {
        var open = Intervals.Of(0, _next).Except(_acknowledged.ToIntervals()).Except(_failed.ToIntervals())
            .Except(_indeterminate.ToIntervals()).Except(_aborted.ToIntervals()).Except(_pending.ToIntervals()).Except(_doubtful.ToIntervals());
        foreach (var interval in open.Within(0, _transactionFrom))
            Add(_indeterminate, interval.From, interval.To);
        foreach (var interval in open.Within(_transactionFrom, long.MaxValue))
            Add(_doubtful, interval.From, interval.To);
        return open.Count;
    }

    public void BeginTransaction() => _transactionFrom = _next;

    public Interval EndTransaction(TransactionOutcome outcome)
    {
        var range = new Interval(_transactionFrom, _next);
        _transactionFrom = long.MaxValue;
        if (outcome == TransactionOutcome.Committed)
        {
            foreach (var interval in _pending.ToIntervals())
                Add(_acknowledged, interval.From, interval.To);
            foreach (var interval in _doubtful.ToIntervals())
                Add(_indeterminate, interval.From, interval.To);
        }
        else
        {
            var target = outcome == TransactionOutcome.Aborted ? _aborted : _indeterminate;
            foreach (var interval in Intervals.Of(range.From, range.To).Except(_failed.ToIntervals()))
                Add(target, interval.From, interval.To);

            _closedBelow = _next;
        }

        _pending.Clear();
        _doubtful.Clear();
        return range;
    }

    public ProducerPartitionEvidence Snapshot(string name, string topic, int partition, long incarnation) => new()
    {
        Partition = partition,
        Next = _next,
        Acknowledged = _acknowledged.ToIntervals(),
        Failed = _failed.ToIntervals(),
        Indeterminate = _indeterminate.ToIntervals(),
        Aborted = _aborted.ToIntervals(),
        Highest = _highestOffset < 0 ? null : new AcknowledgedOffset(_highestSequence, _highestOffset),
        Lowest = _highestOffset < 0 ? null : new AcknowledgedOffset(_lowestSequence, _lowestOffset),
        Overflowed = _overflowed,
        RealtimeInversions = _inversions,
        Examples = [.. _examples.Select(example => example with { Topic = topic, Partition = partition, Incarnation = incarnation, SeenBy = name })],
    };

    /// <summary>Whether the end of its transaction, or a lack of room, has already decided about the sequence.</summary>
    private bool IsClosed(long sequence)
    {
        if ((ulong)sequence >= (ulong)_next)
            throw new ArgumentOutOfRangeException(nameof(sequence), sequence, $"no such sequence was given out, the next is {_next}");

        return sequence < _closedBelow && (_indeterminate.Contains(sequence) || _aborted.Contains(sequence));
    }

    private void Located(long sequence, long offset)
    {
        if (_order.Acknowledged(sequence) is var before && offset <= before)
        {
            _inversions++;
            if (_examples.Count < limits.Examples)
            {
                _examples.Add(new AnomalyExample
                {
                    Offset = offset,
                    Sequence = sequence,
                    Detail = $"acknowledged at offset {offset}, although offset {before} had been acknowledged before this send began",
                });
            }
        }

        if (offset > _highestOffset)
            (_highestOffset, _highestSequence) = (offset, sequence);
        if (offset < _lowestOffset)
            (_lowestOffset, _lowestSequence) = (offset, sequence);
    }

    private void Add(IntervalSet set, long from, long to)
    {
        if (set.TryAdd(from, to))
            return;

        // Nobody can say is always true; so the older half of what is known goes there, and the evidence says that it did.
        _overflowed = true;
        var limit = set.Middle;
        foreach (var each in (ReadOnlySpan<IntervalSet>)[_acknowledged, _failed, _aborted, _pending, _doubtful, _indeterminate])
            each.RemoveBelow(limit);

        _indeterminate.TryAdd(0, limit);
        _closedBelow = Math.Max(_closedBelow, limit);
        set.TryAdd(Math.Max(from, limit), to);
    }
}
