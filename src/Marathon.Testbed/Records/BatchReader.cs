using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Records;

/// <summary>Opens a batch. The testbed does so only where a record matters: coordinators' logs, compaction, lies, time look-ups.</summary>
internal static class BatchReader
{
    /// <summary>The records of a batch.</summary>
    /// <exception cref="InvalidDataException">The batch does not decode.</exception>
    public static List<LogRecord> Records(ReadOnlyMemory<byte> batch)
    {
        var header = RecordBatchHeader.Read(batch.Span);
        var body = Decompression.Of(batch[RecordBatchHeader.Size..], header.Compression);
        var records = new List<LogRecord>(Math.Min(header.RecordCount, body.Length / 7 + 1));
        var position = 0;
        for (var i = 0; i < header.RecordCount; i++)
            records.Add(Record(body, ref position, header));
        return records;
    }

    /// <summary>The batches of a run of whole batches, one after the other.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Batches(ReadOnlyMemory<byte> run)
    {
        while (run.Length > 0)
        {
            var size = RecordBatchHeader.Read(run.Span).SizeInBytes;
            yield return run[..size];
            run = run[size..];
        }
    }

    private static LogRecord Record(ReadOnlyMemory<byte> body, ref int position, in RecordBatchHeader header)
    {
        var length = VarInteger(body.Span, ref position);
        var end = position + length;
        if (length < 0 || end > body.Length)
            throw Broken();
        position++;
        var timestamp = VarLong(body.Span, ref position) + header.BaseTimestamp;
        var offset = VarInteger(body.Span, ref position) + header.BaseOffset;
        var key = Bytes(body, ref position, end);
        var value = Bytes(body, ref position, end);
        if (position > end)
            throw Broken();
        var headers = body[position..end];
        position = end;
        return new LogRecord(offset, header.IsLogAppendTime ? header.MaxTimestamp : timestamp, key, value, headers);
    }

    private static ReadOnlyMemory<byte>? Bytes(ReadOnlyMemory<byte> body, ref int position, int end)
    {
        var length = VarInteger(body.Span, ref position);
        if (length < 0)
            return null;
        if (length > end - position)
            throw Broken();
        var bytes = body.Slice(position, length);
        position += length;
        return bytes;
    }

    private static int VarInteger(ReadOnlySpan<byte> source, ref int position) => (int)VarLong(source, ref position);

    private static long VarLong(ReadOnlySpan<byte> source, ref int position) =>
        VarInt.TryReadZigZag(source, ref position, out var value) ? value : throw Broken();

    private static InvalidDataException Broken() => new("the records of the batch do not decode");
}
