using System.Collections.Concurrent;
using Marathon.Verification;

namespace Marathon.Kafka.Consuming;

/// <summary>
/// What the consumers of a worker have read of whose transactions, for a producer of the same worker: its transaction that is open
/// then has read it before it asks for its commit. What finds no room is forgotten: fewer edges make no cycle.
/// </summary>
internal sealed class TransactionReads
{
    private const int Room = 4096;
    private readonly ConcurrentQueue<TransactionRef> _unnoted = new();

    /// <summary>A record of that transaction was read.</summary>
    public void Add(TransactionRef writer)
    {
        if (_unnoted.Count < Room)
            _unnoted.Enqueue(writer);
    }

    /// <summary>Takes out what was read since the last call.</summary>
    /// <param name="ledger">Notes it for its open transaction; null where none is open.</param>
    public void NoteIn(ProducerLedger? ledger)
    {
        while (_unnoted.TryDequeue(out var writer))
            ledger?.ReadFrom(writer.Incarnation, writer.Id);
    }
}
