namespace Marathon.Verification;

/// <summary>The transactions of one incarnation: the open one, those of unknown outcome, and the latest of the others.</summary>
internal sealed class TransactionLog(int bound, int readsBound)
{
    private readonly Queue<TransactionEvidence> _closed = new(), _unknown = new();
    private readonly List<TransactionRange> _ranges = [];
    private readonly HashSet<TransactionRef> _readFrom = [];
    private long _lastId, _beganAt, _endingAt;

    public bool IsOpen { get; private set; }

    public bool Forgotten { get; private set; }

    public long Begin(long now)
    {
        if (IsOpen)
            throw new InvalidOperationException($"transaction {_lastId} is still open");

        (IsOpen, _beganAt, _endingAt) = (true, now, 0);
        _ranges.Clear();
        _readFrom.Clear();
        return ++_lastId;
    }

    public void Ending(long now)
    {
        if (IsOpen)
            _endingAt = now;
    }

    public void Add(TransactionRange range) => _ranges.Add(range);

    public void ReadFrom(TransactionRef writer)
    {
        if (IsOpen && _readFrom.Count < readsBound)
            _readFrom.Add(writer);
    }

    public void End(TransactionOutcome outcome, long now)
    {
        if (!IsOpen)
            throw new InvalidOperationException("no transaction is open");

        IsOpen = false;
        var target = outcome == TransactionOutcome.Unknown ? _unknown : _closed;
        if (target.Count == bound)
        {
            target.Dequeue();
            Forgotten = true;
        }

        target.Enqueue(Describe(outcome, now));
    }

    public IReadOnlyList<TransactionEvidence> Snapshot()
    {
        var all = _closed.Concat(_unknown);
        return [.. (IsOpen ? all.Append(Describe(TransactionOutcome.Open, 0)) : all).OrderBy(transaction => transaction.Id)];
    }

    private TransactionEvidence Describe(TransactionOutcome outcome, long endedAt) => new()
    {
        Id = _lastId,
        Outcome = outcome,
        BeganAt = _beganAt,
        EndingAt = _endingAt,
        EndedAt = endedAt,
        Ranges = [.. _ranges],
        ReadFrom = [.. _readFrom],
    };
}
