using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Apis.Produce;

/// <summary>For topics with <c>message.timestamp.type=LogAppendTime</c>.</summary>
internal static class AppendTime
{
    /// <summary>Stamps a batch in the request's own buffer, which nobody reads but us.</summary>
    public static (RecordBatchHeader Header, long TimestampMs) Stamp(ReadOnlyMemory<byte> records, DateTimeOffset now)
    {
        var batch = MemoryMarshal.AsMemory(records).Span;
        var timestamp = now.ToUnixTimeMilliseconds();
        var attributes = RecordBatchHeader.Read(batch).Attributes | BatchAttributes.LogAppendTime;
        BinaryPrimitives.WriteInt16BigEndian(batch[RecordBatchHeader.AttributesPosition..], (short)attributes);
        BinaryPrimitives.WriteInt64BigEndian(batch[RecordBatchHeader.MaxTimestampPosition..], timestamp);
        BatchWriter.MakeCrcGood(batch);
        return (RecordBatchHeader.Read(batch), timestamp);
    }
}
