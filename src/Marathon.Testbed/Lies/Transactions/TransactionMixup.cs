using Marathon.Records;
using Marathon.Runs;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Lies.Transactions;

/// <summary>Holds a record of one transaction back and writes it in the producer's next one, as a delayed request would be.</summary>
internal sealed class TransactionMixup(LieSpec asked, LieContext context) : Lie(asked, context), IRecordLie
{
    private readonly Dictionary<(TopicPartition Partition, long ProducerId), (LogRecord Record, long Transaction)> _held = [];

    public void Change(IncomingBatch batch)
    {
        if (!batch.Header.IsTransactional)
            return;
        var key = (batch.Partition, batch.Header.ProducerId);
        if (_held.TryGetValue(key, out var held))
            Release(batch, key, held.Record, held.Transaction);
        else if (IsDue(batch.Count) && batch.Records.Count > 1 && TransactionOf(batch.Records[^1]) is { } transaction)
            Hold(batch, key, transaction);
    }

    private static long? TransactionOf(LogRecord record) =>
        record.Value is { } value && RecordCodec.TryRead(value.Span, out var header, out _) && header.TransactionId > 0 ? header.TransactionId : null;

    private void Hold(IncomingBatch batch, (TopicPartition, long) key, long transaction)
    {
        Promise();
        var late = batch.Records[^1];
        batch.Change(records => records.Remove(late));
        var kept = late.Copy();
        batch.WhenAppended(_ => _held[key] = (kept, transaction));
    }

    private void Release(IncomingBatch batch, (TopicPartition, long) key, LogRecord late, long transaction)
    {
        if (batch.Records.Count == 0 || TransactionOf(batch.Records[0]) is not { } next || next == transaction)
            return;
        batch.Follow(Forgery.Follow(late, batch.Header, inTransaction: true));
        batch.WhenAppended(first =>
        {
            _held.Remove(key);
            Told(batch.Partition, first + batch.Header.LastOffsetDelta + 1, $"a record of transaction {transaction} is written in transaction {next}");
        });
    }
}
