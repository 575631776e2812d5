using System.Buffers.Binary;

namespace Marathon.Testbed.Records;

/// <summary>The fixed header of a record batch, format version 2 ("magic" 2).</summary>
internal readonly record struct RecordBatchHeader
{
    /// <summary>Bytes of the header; records follow.</summary>
    public const int Size = 61;

    /// <summary>Bytes before those that the batch length counts: base offset and the length itself.</summary>
    public const int LengthOverhead = 12;

    public const int LeaderEpochPosition = 12;
    public const int CrcPosition = 17;

    /// <summary>The CRC covers everything from the attributes on.</summary>
    public const int AttributesPosition = 21;

    public const int MaxTimestampPosition = 35;

    public long BaseOffset { get; init; }

    /// <summary>Size of the whole batch, header included.</summary>
    public int SizeInBytes { get; init; }

    public int LeaderEpoch { get; init; }

    public sbyte Magic { get; init; }

    public uint Crc { get; init; }

    public BatchAttributes Attributes { get; init; }

    public int LastOffsetDelta { get; init; }

    public long BaseTimestamp { get; init; }

    public long MaxTimestamp { get; init; }

    public long ProducerId { get; init; }

    public short ProducerEpoch { get; init; }

    public int BaseSequence { get; init; }

    public int RecordCount { get; init; }

    public long LastOffset => BaseOffset + LastOffsetDelta;

    public long NextOffset => LastOffset + 1;

    public bool HasProducerId => ProducerId >= 0;

    public bool IsTransactional => (Attributes & BatchAttributes.Transactional) != 0;

    public bool IsControl => (Attributes & BatchAttributes.Control) != 0;

    public bool IsLogAppendTime => (Attributes & BatchAttributes.LogAppendTime) != 0;

    public Compression Compression => (Compression)((int)Attributes & (int)BatchAttributes.CompressionMask);

    /// <summary>Sequence numbers go from 0 to 2^31 - 1 and start over.</summary>
    public int LastSequence => BaseSequence < 0 ? -1 : (int)(((long)BaseSequence + LastOffsetDelta) & int.MaxValue);

    /// <summary>Reads a header that is known to be well-formed, from a log.</summary>
    public static RecordBatchHeader Read(ReadOnlySpan<byte> bytes) => new()
    {
        BaseOffset = BinaryPrimitives.ReadInt64BigEndian(bytes),
        SizeInBytes = BinaryPrimitives.ReadInt32BigEndian(bytes[8..]) + LengthOverhead,
        LeaderEpoch = BinaryPrimitives.ReadInt32BigEndian(bytes[LeaderEpochPosition..]),
        Magic = (sbyte)bytes[16],
        Crc = BinaryPrimitives.ReadUInt32BigEndian(bytes[CrcPosition..]),
        Attributes = (BatchAttributes)BinaryPrimitives.ReadInt16BigEndian(bytes[AttributesPosition..]),
        LastOffsetDelta = BinaryPrimitives.ReadInt32BigEndian(bytes[23..]),
        BaseTimestamp = BinaryPrimitives.ReadInt64BigEndian(bytes[27..]),
        MaxTimestamp = BinaryPrimitives.ReadInt64BigEndian(bytes[MaxTimestampPosition..]),
        ProducerId = BinaryPrimitives.ReadInt64BigEndian(bytes[43..]),
        ProducerEpoch = BinaryPrimitives.ReadInt16BigEndian(bytes[51..]),
        BaseSequence = BinaryPrimitives.ReadInt32BigEndian(bytes[53..]),
        RecordCount = BinaryPrimitives.ReadInt32BigEndian(bytes[57..]),
    };

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes, BaseOffset);
        BinaryPrimitives.WriteInt32BigEndian(bytes[8..], SizeInBytes - LengthOverhead);
        BinaryPrimitives.WriteInt32BigEndian(bytes[LeaderEpochPosition..], LeaderEpoch);
        bytes[16] = (byte)Magic;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[CrcPosition..], Crc);
        BinaryPrimitives.WriteInt16BigEndian(bytes[AttributesPosition..], (short)Attributes);
        BinaryPrimitives.WriteInt32BigEndian(bytes[23..], LastOffsetDelta);
        BinaryPrimitives.WriteInt64BigEndian(bytes[27..], BaseTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(bytes[MaxTimestampPosition..], MaxTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(bytes[43..], ProducerId);
        BinaryPrimitives.WriteInt16BigEndian(bytes[51..], ProducerEpoch);
        BinaryPrimitives.WriteInt32BigEndian(bytes[53..], BaseSequence);
        BinaryPrimitives.WriteInt32BigEndian(bytes[57..], RecordCount);
    }
}
