using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Records;

/// <summary>Makes a batch of records: for what coordinators log, for transaction markers, for compaction and for lies.</summary>
internal static class BatchWriter
{
    /// <summary>
    /// A whole batch with a good CRC. <paramref name="header"/> gives everything that is not computed from the records; its offsets
    /// are kept: records must lie within them. Compressed is with gzip alone; what was compressed otherwise comes out plain.
    /// </summary>
    public static byte[] Write(RecordBatchHeader header, IReadOnlyList<LogRecord> records)
    {
        if (header.Compression != Compression.Gzip)
            header = header with { Attributes = header.Attributes & ~BatchAttributes.CompressionMask };
        var body = new ArrayBufferWriter<byte>(256);
        var record = new ArrayBufferWriter<byte>(128);
        foreach (var each in records)
            Append(body, record, each, header);
        var bytes = header.Compression == Compression.Gzip ? Gzip(body.WrittenSpan) : body.WrittenSpan;
        var batch = new byte[RecordBatchHeader.Size + bytes.Length];
        bytes.CopyTo(batch.AsSpan(RecordBatchHeader.Size));
        (header with { SizeInBytes = batch.Length, Magic = 2, RecordCount = records.Count }).Write(batch);
        MakeCrcGood(batch);
        return batch;
    }

    /// <summary>A batch of records without a producer id, offsets counted from 0, as a coordinator logs it.</summary>
    public static byte[] Write(IReadOnlyList<(ReadOnlyMemory<byte>? Key, ReadOnlyMemory<byte>? Value)> records, long timestamp) =>
        Write(
            new RecordBatchHeader
            {
                LastOffsetDelta = records.Count - 1,
                BaseTimestamp = timestamp,
                MaxTimestamp = timestamp,
                ProducerId = -1,
                ProducerEpoch = -1,
                BaseSequence = -1,
            },
            [.. records.Select((r, i) => new LogRecord(i, timestamp, r.Key, r.Value, LogRecord.NoHeaders))]);

    public static void MakeCrcGood(Span<byte> batch) => BinaryPrimitives.WriteUInt32BigEndian(
        batch[RecordBatchHeader.CrcPosition..], Crc32C.Of(batch[RecordBatchHeader.AttributesPosition..]));

    private static void Append(ArrayBufferWriter<byte> body, ArrayBufferWriter<byte> buffer, LogRecord record, in RecordBatchHeader header)
    {
        buffer.ResetWrittenCount();
        buffer.Write([(byte)0]);
        Put(buffer, header.IsLogAppendTime ? 0 : record.Timestamp - header.BaseTimestamp);
        Put(buffer, record.Offset - header.BaseOffset);
        Put(buffer, record.Key);
        Put(buffer, record.Value);
        buffer.Write(record.RawHeaders.Span);
        Put(body, buffer.WrittenCount);
        body.Write(buffer.WrittenSpan);
    }

    private static void Put(ArrayBufferWriter<byte> target, ReadOnlyMemory<byte>? bytes)
    {
        Put(target, bytes?.Length ?? -1);
        if (bytes is { } present)
            target.Write(present.Span);
    }

    private static void Put(ArrayBufferWriter<byte> target, long value)
    {
        var span = target.GetSpan(10);
        target.Advance(VarInt.WriteZigZag(span, value));
    }

    private static ReadOnlySpan<byte> Gzip(ReadOnlySpan<byte> body)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(body);
        return target.ToArray();
    }
}
