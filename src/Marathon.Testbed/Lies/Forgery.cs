using Marathon.Records;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Lies;

/// <summary>Makes records look as if a worker had written them: the workers' own checksum has to be good where it is not the lie.</summary>
internal static class Forgery
{
    /// <summary>The record with another header and a good checksum; null when it is none of a worker's, or has Kafka headers.</summary>
    public static LogRecord? Rewrite(LogRecord record, Func<RecordHeader, RecordHeader> change) => Rewrite(record, change, _ => { });

    /// <summary>The record with another transfer in it; null when it is none of a worker's, has Kafka headers, or no transfer.</summary>
    public static LogRecord? Rewrite(LogRecord record, Func<Transfer, Transfer> change)
    {
        var isTransfer = false;
        var forged = Rewrite(record, header => header, blocks => isTransfer =
            ExtensionBlocks.TryReadTransfer(blocks, out var transfer) && ExtensionBlocks.TryReplace(blocks, change(transfer)));
        return isTransfer ? forged : null;
    }

    private static LogRecord? Rewrite(LogRecord record, Func<RecordHeader, RecordHeader> change, Action<byte[]> changeBlocks)
    {
        if (record.Value is not { } value || !record.RawHeaders.Span.SequenceEqual(LogRecord.NoHeaders.Span)
            || !RecordCodec.TryRead(value.Span, out var header, out _))
            return null;
        var bytes = value.ToArray();
        var extensions = bytes.AsSpan(RecordCodec.MinimumSize, header.ExtensionSize).ToArray();
        changeBlocks(extensions);
        RecordCodec.Write(bytes, change(header), record.Key is { } key ? key.Span : default, default, extensions);
        return record with { Value = bytes };
    }

    /// <summary>A batch of one record that follows a client's; without a sequence, so that the client's next batch is still in order.</summary>
    public static byte[] Follow(LogRecord record, in RecordBatchHeader client, bool inTransaction) => BatchWriter.Write(
        new RecordBatchHeader
        {
            Attributes = inTransaction ? client.Attributes & BatchAttributes.Transactional : BatchAttributes.None,
            BaseTimestamp = record.Timestamp,
            MaxTimestamp = record.Timestamp,
            ProducerId = inTransaction ? client.ProducerId : -1,
            ProducerEpoch = inTransaction ? client.ProducerEpoch : (short)-1,
            BaseSequence = -1,
        },
        [record with { Offset = 0 }]);
}
