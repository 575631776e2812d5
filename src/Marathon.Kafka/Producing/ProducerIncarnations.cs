using Marathon.Verification;
using Marathon.Workers.Load;

namespace Marathon.Kafka.Producing;

/// <summary>The lives of one producer within one life of its worker: the current one, those whose sends are still open, and the settled.</summary>
internal sealed class ProducerIncarnations
{
    private const int KeptWithTransactions = 64;

    private readonly ProducerSpec _producer;
    private readonly Func<long, ProducerLedger> _make;
    private readonly List<ProducerLedger> _retiring = [];
    private readonly List<ProducerEvidence> _settled = [];
    private long _sent, _acknowledged, _failed, _indeterminate;

    public ProducerIncarnations(LoadSpec spec, ProducerSpec producer, TopicRef topic)
    {
        _producer = producer;
        _make = incarnation => new ProducerLedger(
            incarnation, producer.Name, producer.Topic, topic.Partitions, (Acks)spec.Acks, spec.Guarantee, producer.TransactionalId);
        Current = _make(producer.Incarnation);
    }

    /// <summary>Takes the sends.</summary>
    public ProducerLedger Current { get; private set; }

    /// <summary>Records sent in all lives.</summary>
    public long Sent => _sent + Sum(ledger => ledger.Sent);

    /// <summary>Records acknowledged.</summary>
    public long Acknowledged => _acknowledged + Sum(ledger => ledger.AcknowledgedCount);

    /// <summary>Records that definitely failed.</summary>
    public long Failed => _failed + Sum(ledger => ledger.FailedCount);

    /// <summary>Records of which nobody can say.</summary>
    public long Indeterminate => _indeterminate + Sum(ledger => ledger.IndeterminateCount);

    /// <summary>Sends without an outcome.</summary>
    public long InFlight => Sum(ledger => ledger.InFlight);

    /// <summary>A new life begins; the sends of the one before may still come in.</summary>
    public void Succeed()
    {
        var next = Current.Incarnation + 1;
        if (next - _producer.Incarnation >= ProducerSpec.IncarnationsPerLife)
            throw new InvalidOperationException($"all {ProducerSpec.IncarnationsPerLife} incarnations of {_producer.Name} are used up");

        _retiring.Add(Current);
        Current = _make(next);
        SettleRetiring();
    }

    /// <summary>Settles those before the current one whose sends are all resolved.</summary>
    public void SettleRetiring()
    {
        for (var i = _retiring.Count - 1; i >= 0; i--)
        {
            if (_retiring[i].InFlight != 0)
                continue;
            Settle(_retiring[i]);
            _retiring.RemoveAt(i);
        }
    }

    /// <summary>No outcome will come any more: what is open is indeterminate.</summary>
    public void GiveUpOpenSends()
    {
        foreach (var ledger in _retiring.Append(Current))
            ledger.GiveUpOpenSends();
        SettleRetiring();
    }

    /// <summary>The producer is closed in good order.</summary>
    public void Close() => Current.Settle();

    public IEnumerable<ProducerEvidence> Snapshot() => [.. _settled, .. _retiring.Append(Current).Select(ledger => ledger.Snapshot())];

    /// <summary>The first and the last say when it was taken over, and from whom; one of unknown outcome may yet be seen in part.</summary>
    private static ProducerEvidence WithoutMostTransactions(ProducerEvidence evidence) => evidence with
    {
        Transactions =
        [
            evidence.Transactions[0],
            .. evidence.Transactions.Skip(1).SkipLast(1).Where(transaction => transaction.Outcome == TransactionOutcome.Unknown),
            evidence.Transactions[^1],
        ],
        TransactionsForgotten = true,
    };

    private long Sum(Func<ProducerLedger, long> count) => _retiring.Sum(count) + count(Current);

    private void Settle(ProducerLedger ledger)
    {
        ledger.Settle();
        _settled.Add(ledger.Snapshot());
        if (_settled.Count > KeptWithTransactions && _settled[^(KeptWithTransactions + 1)] is { Transactions.Count: > 2 } old)
            _settled[^(KeptWithTransactions + 1)] = WithoutMostTransactions(old);
        _sent += ledger.Sent;
        _acknowledged += ledger.AcknowledgedCount;
        _failed += ledger.FailedCount;
        _indeterminate += ledger.IndeterminateCount;
    }
}
