using Marathon.Records;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Lies;

/// <summary>Makes records look as if a worker had written them: the workers' own checksum has to be good where it is not the lie.</summary>
internal static class Forgery
{
    /// <summary>The record with another header and a good checksum; null when it is none of a worker's, or has Kafka headers.</summary>
    public static LogRecord? Rewrite(LogRecord record, Func<RecordHeader, RecordHeader> change) => Rewrite(record, change, _ => { });

    /// <summary>The record with another transfer in it; null when it is none of a worker's, has Kafka headers, or no transfer.</summary>
    public static LogRecord? Rewrite(LogRecord record, Func<Transfer, Transfer> change) => Rewrite(record, blocks =>
        ExtensionBlocks.TryReadTransfer(blocks, out var transfer) && ExtensionBlocks.TryReplace(blocks, change(transfer)));

    /// <summary>The record as if made from another one; null when it is none of a worker's, has Kafka headers, or was made from none.</summary>
    public static LogRecord? Rewrite(LogRecord record, Func<SourceRecord, SourceRecord> change) => Rewrite(record, blocks =>
        ExtensionBlocks.TryReadSource(blocks, out var source) && ExtensionBlocks.TryReplace(blocks, change(source)));

    /// <summary>What a pipeline made the record from; null when none did.</summary>
    public static SourceRecord? SourceOf(LogRecord record) =>
        record.Value is { } value && RecordCodec.TryRead(value.Span, out var header, out _)
            && ExtensionBlocks.TryReadSource(RecordCodec.Extensions(value.Span, header), out var source) ? source : null;

    private static LogRecord? Rewrite(LogRecord record, Func<byte[], bool> changeBlocks)
    {
        var isChanged = false;
        var forged = Rewrite(record, header => header, blocks => isChanged = changeBlocks(blocks));
        return isChanged ? forged : null;
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
