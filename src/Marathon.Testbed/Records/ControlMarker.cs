using System.Buffers.Binary;

namespace Marathon.Testbed.Records;

/// <summary>The end of a transaction in a partition's log: a control batch with one record.</summary>
internal readonly record struct ControlMarker(bool Committed, int CoordinatorEpoch)
{
    /// <summary>Reads the marker of a control batch; null when its type is none of a transaction's.</summary>
    public static ControlMarker? Read(ReadOnlyMemory<byte> batch)
    {
        var record = BatchReader.Records(batch)[0];
        if (record.Key is not { Length: >= 4 } key)
            return null;
        var type = BinaryPrimitives.ReadInt16BigEndian(key.Span[2..]);
        if (type is not (0 or 1))
            return null;
        var epoch = record.Value is { Length: >= 6 } value ? BinaryPrimitives.ReadInt32BigEndian(value.Span[2..]) : 0;
        return new ControlMarker(type == 1, epoch);
    }

    public byte[] ToBatch(long producerId, short producerEpoch, long timestamp)
    {
        var key = new byte[4];
        BinaryPrimitives.WriteInt16BigEndian(key.AsSpan(2), (short)(Committed ? 1 : 0));
        var value = new byte[6];
        BinaryPrimitives.WriteInt32BigEndian(value.AsSpan(2), CoordinatorEpoch);
        return BatchWriter.Write(
            new RecordBatchHeader
            {
                Attributes = BatchAttributes.Control | BatchAttributes.Transactional,
                BaseTimestamp = timestamp,
                MaxTimestamp = timestamp,
                ProducerId = producerId,
                ProducerEpoch = producerEpoch,
                BaseSequence = -1,
            },
            [new LogRecord(0, timestamp, key, value, LogRecord.NoHeaders)]);
    }
}
