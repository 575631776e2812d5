using Marathon.Records;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Records;
using Marathon.Testbed.Replication;

namespace Marathon.Testbed.Lies.Transactions;

/// <summary>
/// Which transaction a record belongs to: one of a worker's by what the record says of it, in every partition the same; anybody
/// else's by where it begins in a partition.
/// </summary>
internal readonly record struct OpenTransactionName(TopicPartition? Where, long Producer, long Number)
{
    /// <summary>The transactions with records at or above an offset that are open still.</summary>
    public static IEnumerable<OpenTransactionName> Of(Replica replica, RecordSet records, long from) =>
        BatchReader.Batches(records.Contiguous()).Select(batch => Of(replica, batch, from)).OfType<OpenTransactionName>().Distinct();

    private static OpenTransactionName? Of(Replica replica, ReadOnlyMemory<byte> batch, long from)
    {
        var header = RecordBatchHeader.Read(batch.Span);
        if (header.BaseOffset < from || header.IsControl || !header.IsTransactional
            || replica.BeginningOfTransaction(header.ProducerId) is not { } beginning || beginning > header.BaseOffset)
        {
            return null;
        }

        return FirstHeader(batch) is { TransactionId: > 0 } sent
            ? new OpenTransactionName(null, sent.Incarnation, sent.TransactionId)
            : new OpenTransactionName(replica.Partition, header.ProducerId, beginning);
    }

    private static RecordHeader? FirstHeader(ReadOnlyMemory<byte> batch)
    {
        try
        {
            return BatchReader.Records(batch) is [{ Value: { } value }, ..] && RecordCodec.TryRead(value.Span, out var header, out _) ? header : null;
        }
        catch (InvalidDataException)
        {
            // Compressed in a way that the testbed does not open.
            return null;
        }
    }
}
