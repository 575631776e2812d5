using Marathon.Workers.Load;

namespace Marathon.Verification;

/// <summary>
/// What one incarnation of a producer did with its records: gives out sequences and takes the outcome of every send.
/// One thread at a time; nothing is allocated per record. Every sequence gets exactly one outcome.
/// </summary>
public sealed class ProducerLedger
{
    private readonly PartitionLedger[] _partitions;
    private readonly TransactionLog _transactions;
    private bool _settled;

    /// <param name="incarnation">The incarnation; never used before in the run.</param>
    /// <param name="name">The producer's name.</param>
    /// <param name="topic">The topic it writes.</param>
    /// <param name="partitions">Number of partitions of the topic.</param>
    /// <param name="acks">With <see cref="Verification.Acks.None"/> every outcome but a definite failure is indeterminate.</param>
    /// <param name="guarantee">What was asked for.</param>
    /// <param name="transactionalId">Null without transactions.</param>
    /// <param name="limits">Bounds; the default when null.</param>
    public ProducerLedger(
        long incarnation,
        string name,
        string topic,
        int partitions,
        Acks acks,
        Guarantee guarantee,
        string? transactionalId = null,
        CheckerLimits? limits = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(incarnation);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partitions);
        var bounds = limits ?? CheckerLimits.Default;
        (Incarnation, Name, Topic, Acks, Guarantee, TransactionalId) = (incarnation, name, topic, acks, guarantee, transactionalId);
        _partitions = new PartitionLedger[partitions];
        for (var i = 0; i < partitions; i++)
            _partitions[i] = new PartitionLedger(bounds);

        _transactions = new TransactionLog(bounds.Transactions, bounds.ReadFrom);
    }

    /// <summary>The incarnation.</summary>
    public long Incarnation { get; }

    /// <summary>The producer's name.</summary>
    public string Name { get; }

    /// <summary>The topic it writes.</summary>
    public string Topic { get; }

    /// <summary>Its acks.</summary>
    public Acks Acks { get; }

    /// <summary>The guarantee that was asked for.</summary>
    public Guarantee Guarantee { get; }

    /// <summary>Null without transactions.</summary>
    public string? TransactionalId { get; }

    /// <summary>Records sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Sends acknowledged, those in transactions not yet committed included.</summary>
    public long AcknowledgedCount { get; private set; }

    /// <summary>Sends that definitely failed.</summary>
    public long FailedCount { get; private set; }

    /// <summary>Sends of which nobody can say.</summary>
    public long IndeterminateCount { get; private set; }

    /// <summary>Sends without an outcome yet.</summary>
    public long InFlight => Sent - AcknowledgedCount - FailedCount - IndeterminateCount;

    /// <summary>
    /// Half the room for exceptions is used up: go on with a new incarnation (and this one's <see cref="Settle"/> once its
    /// sends are resolved), or evidence will soon be lost.
    /// </summary>
    public bool NeedsSuccessor { get; private set; }

    /// <summary>The sequence of the next record to that partition. Take it right before the send.</summary>
    public long Next(int partition)
    {
        if (_settled)
            throw new InvalidOperationException($"incarnation {Incarnation} of {Name} is settled: it sends no more");

        Sent++;
        return _partitions[partition].Next();
    }

    /// <summary>The send was acknowledged.</summary>
    /// <param name="partition">Its partition.</param>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="offset">Its offset; -1 when the client does not know it.</param>
    public void Acknowledged(int partition, long sequence, long offset)
    {
        if (Acks == Acks.None)
        {
            Indeterminate(partition, sequence);
            return;
        }

        AcknowledgedCount++;
        var ledger = _partitions[partition];
        ledger.Acknowledged(sequence, offset);
        NeedsSuccessor |= ledger.IsHalfFull;
    }

    /// <summary>The record was definitely not written, and never will be.</summary>
    public void Failed(int partition, long sequence)
    {
        FailedCount++;
        var ledger = _partitions[partition];
        ledger.Failed(sequence);
        NeedsSuccessor |= ledger.IsHalfFull;
    }

    /// <summary>The record may have been written, or may yet be.</summary>
    public void Indeterminate(int partition, long sequence)
    {
        IndeterminateCount++;
        var ledger = _partitions[partition];
        ledger.Indeterminate(sequence);
        NeedsSuccessor |= ledger.IsHalfFull;
    }

    /// <summary>No outcome will come any more: every send without one is indeterminate.</summary>
    public void GiveUpOpenSends()
    {
        if (InFlight == 0)
            return;
        foreach (var partition in _partitions)
        {
            IndeterminateCount += partition.GiveUpOpen();
            NeedsSuccessor |= partition.IsHalfFull;
        }
    }

    /// <summary>A transaction begins; the sends until <see cref="EndTransaction"/> are its records.</summary>
    /// <param name="now">Nanoseconds since the Unix epoch.</param>
    /// <returns>Its id, for the header of its records.</returns>
    public long BeginTransaction(long now)
    {
        if (TransactionalId is null)
            throw new InvalidOperationException($"{Name} has no transactional id");

        var id = _transactions.Begin(now);
        foreach (var partition in _partitions)
            partition.BeginTransaction();

        return id;
    }

    /// <summary>A record that the open transaction is made of was read: its header says by whom and in which transaction it was written.</summary>
    public void ReadFrom(long incarnation, long transactionId) => _transactions.ReadFrom(new TransactionRef(incarnation, transactionId));

    /// <summary>The client is about to be asked to commit or abort: what a read_committed consumer saw before was open.</summary>
    public void EndingTransaction(long now) => _transactions.Ending(now);

    /// <summary>
    /// The transaction has ended. Committed or aborted only when the client said so; whatever else is unknown. All its sends
    /// must have an outcome by now, those without are indeterminate when they get none.
    /// </summary>
    public void EndTransaction(TransactionOutcome outcome, long now)
    {
        if (outcome == TransactionOutcome.Open)
            throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "a transaction cannot end as open");

        for (var i = 0; i < _partitions.Length; i++)
        {
            var range = _partitions[i].EndTransaction(outcome);
            if (range.Count > 0)
                _transactions.Add(new TransactionRange(i, range.From, range.To));
            NeedsSuccessor |= _partitions[i].IsHalfFull;
        }

        _transactions.End(outcome, now);
    }

    /// <summary>The producer is closed in good order and every send has its outcome.</summary>
    /// <exception cref="InvalidOperationException">Sends are in flight, or a transaction is open.</exception>
    public void Settle()
    {
        if (InFlight != 0)
            throw new InvalidOperationException($"{InFlight} sends of {Name} have no outcome yet: call Indeterminate for them first");
        if (_transactions.IsOpen)
            throw new InvalidOperationException($"a transaction of {Name} is open: end it as unknown first");

        _settled = true;
    }

    /// <summary>Its evidence now.</summary>
    public ProducerEvidence Snapshot() => new()
    {
        Incarnation = Incarnation,
        Name = Name,
        Topic = Topic,
        TransactionalId = TransactionalId,
        Acks = Acks,
        Guarantee = Guarantee,
        Settled = _settled,
        Partitions = [.. _partitions.Select((ledger, partition) => ledger.Snapshot(Name, Topic, partition, Incarnation)).Where(e => e.Next > 0)],
        Transactions = _transactions.Snapshot(),
        TransactionsForgotten = _transactions.Forgotten,
    };
}
