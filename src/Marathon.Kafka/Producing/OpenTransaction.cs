using Marathon.Workers.Load;

namespace Marathon.Kafka.Producing;

/// <summary>Where a producer is in its transaction, and what will become of it.</summary>
internal sealed class OpenTransaction(LoadSpec spec, ProducerSpec producer)
{
    private readonly TransactionSpec _plan = spec.Transactions;

    // A transfer is two records in one transaction.
    private readonly int _records = spec.Transactions.Records + (spec.Transactions.Transfers ? spec.Transactions.Records & 1 : 0);
    private readonly Random _random = new(HashCode.Combine(spec.Seed, producer.Incarnation));
    private long _id, _dueAt;
    private int _taken;

    /// <summary>Whether there is one.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether it is to be aborted on purpose.</summary>
    public bool IsToAbort { get; private set; }

    /// <summary>Whether a record of it was not acknowledged: it can only be aborted.</summary>
    public bool IsDoomed { get; private set; }

    /// <summary>Whether its commit was asked for: until it is confirmed nobody can say how it ended.</summary>
    public bool IsCommitAsked { get; set; }

    /// <summary>It is open now.</summary>
    public void Begin(long id, long now)
    {
        (_id, _dueAt, _taken) = (id, now + (long)(_plan.Milliseconds * Records.RecordTime.NanosecondsPerMillisecond), 0);
        (IsOpen, IsDoomed, IsCommitAsked) = (true, false, false);
        IsToAbort = _random.NextDouble() < _plan.AbortShare;
    }

    /// <summary>The next record's place in it.</summary>
    public (long Id, int Index, bool IsLast) Take() => (_id, _taken, ++_taken == _records);

    /// <summary>Whether it is to end now.</summary>
    public bool IsDue(long now) => IsFull || IsDoomed || now >= _dueAt;

    /// <summary>Whether it takes no more records.</summary>
    public bool IsFull => _taken >= _records;

    /// <summary>When it is to end for its age.</summary>
    public long DueAt => _dueAt;

    /// <summary>One of its records was not acknowledged.</summary>
    public void Doom() => IsDoomed = IsOpen;

    /// <summary>It has ended.</summary>
    public void End() => (IsOpen, IsDoomed) = (false, false);
}
