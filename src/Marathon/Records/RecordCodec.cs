using System.Buffers.Binary;
using System.Numerics;

namespace Marathon.Records;

/// <summary>Writes and reads the head of a record's value, format version 1 (docs/record-format.md). Allocates nothing.</summary>
public static class RecordCodec
{
    /// <summary>The format's version.</summary>
    public const byte Version = 1;

    /// <summary>Bytes of the fixed header, and so the least size of a record's value without extension blocks.</summary>
    public const int MinimumSize = 84;

    /// <summary>The most bytes of extension blocks.</summary>
    public const int MaximumExtensionSize = ushort.MaxValue;

    /// <summary>The first four bytes, <c>MRTN</c>, as a little-endian number.</summary>
    public const uint Magic = 0x4E54524D;

    private const int FlagsAt = 5, ExtensionSizeAt = 6, RunAt = 8, TopicAt = 16, PartitionAt = 20, IncarnationAt = 24, SequenceAt = 32,
        KeySequenceAt = 40, KeyAt = 48, TransactionIndexAt = 52, TransactionAt = 56, IntendedAt = 64, SentAt = 72, ChecksumAt = 80;

    /// <summary>Where the filler begins.</summary>
    public static int FillerOffset(int extensionSize) => MinimumSize + extensionSize;

    /// <summary>
    /// Writes header, extension blocks and checksum. The rest of the value, the filler, must be in place before,
    /// for the checksum covers it.
    /// </summary>
    /// <param name="value">The whole value of the record, at least <see cref="MinimumSize"/> plus the extension blocks.</param>
    /// <param name="header">What to write; its checksum and extension size are ignored.</param>
    /// <param name="key">The record's key; empty for none.</param>
    /// <param name="headers">The record's Kafka headers in the form of <see cref="RecordHeaders"/>; empty for none.</param>
    /// <param name="extensions">Extension blocks as written by <see cref="ExtensionBlocks"/>.</param>
    /// <returns>The checksum.</returns>
    public static uint Write(
        Span<byte> value,
        in RecordHeader header,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> headers = default,
        ReadOnlySpan<byte> extensions = default)
    {
        if (extensions.Length > MaximumExtensionSize)
            throw new ArgumentException($"extension blocks take {extensions.Length} bytes, at most {MaximumExtensionSize} fit", nameof(extensions));
        if (value.Length < MinimumSize + extensions.Length)
            throw new ArgumentException($"a record takes at least {MinimumSize + extensions.Length} bytes, the value has {value.Length}", nameof(value));

        BinaryPrimitives.WriteUInt32LittleEndian(value, Magic);
        value[4] = Version;
        value[FlagsAt] = (byte)header.Flags;
        BinaryPrimitives.WriteUInt16LittleEndian(value[ExtensionSizeAt..], (ushort)extensions.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(value[RunAt..], header.Run);
        BinaryPrimitives.WriteInt32LittleEndian(value[TopicAt..], header.TopicId);
        BinaryPrimitives.WriteInt32LittleEndian(value[PartitionAt..], header.Partition);
        BinaryPrimitives.WriteInt64LittleEndian(value[IncarnationAt..], header.Incarnation);
        BinaryPrimitives.WriteInt64LittleEndian(value[SequenceAt..], header.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(value[KeySequenceAt..], header.KeySequence);
        BinaryPrimitives.WriteInt32LittleEndian(value[KeyAt..], header.KeyId);
        BinaryPrimitives.WriteInt32LittleEndian(value[TransactionIndexAt..], header.TransactionIndex);
        BinaryPrimitives.WriteInt64LittleEndian(value[TransactionAt..], header.TransactionId);
        BinaryPrimitives.WriteInt64LittleEndian(value[IntendedAt..], header.IntendedAt);
        BinaryPrimitives.WriteInt64LittleEndian(value[SentAt..], header.SentAt);
        extensions.CopyTo(value[MinimumSize..]);

        var checksum = Checksum(key, headers, value);
        BinaryPrimitives.WriteUInt32LittleEndian(value[ChecksumAt..], checksum);
        return checksum;
    }

    /// <summary>Reads a header and looks at its form; the checksum is compared by the overload that takes key and headers.</summary>
    /// <returns>False, with the flaw, when the value is no record of this format.</returns>
    public static bool TryRead(ReadOnlySpan<byte> value, out RecordHeader header, out RecordFlaw flaw)
    {
        header = default;
        flaw = FormOf(value);
        if (flaw != RecordFlaw.None)
            return false;

        header = new RecordHeader
        {
            Flags = (RecordFlags)value[FlagsAt],
            ExtensionSize = BinaryPrimitives.ReadUInt16LittleEndian(value[ExtensionSizeAt..]),
            Run = BinaryPrimitives.ReadUInt64LittleEndian(value[RunAt..]),
            TopicId = BinaryPrimitives.ReadInt32LittleEndian(value[TopicAt..]),
            Partition = BinaryPrimitives.ReadInt32LittleEndian(value[PartitionAt..]),
            Incarnation = BinaryPrimitives.ReadInt64LittleEndian(value[IncarnationAt..]),
            Sequence = BinaryPrimitives.ReadInt64LittleEndian(value[SequenceAt..]),
            KeySequence = BinaryPrimitives.ReadInt64LittleEndian(value[KeySequenceAt..]),
            KeyId = BinaryPrimitives.ReadInt32LittleEndian(value[KeyAt..]),
            TransactionIndex = BinaryPrimitives.ReadInt32LittleEndian(value[TransactionIndexAt..]),
            TransactionId = BinaryPrimitives.ReadInt64LittleEndian(value[TransactionAt..]),
            IntendedAt = BinaryPrimitives.ReadInt64LittleEndian(value[IntendedAt..]),
            SentAt = BinaryPrimitives.ReadInt64LittleEndian(value[SentAt..]),
            Checksum = BinaryPrimitives.ReadUInt32LittleEndian(value[ChecksumAt..]),
        };
        if ((header.Sequence | header.KeySequence | header.TransactionId) < 0
            || (header.Partition | header.TransactionIndex) < 0
            || header.KeyId < RecordHeader.NoKey)
        {
            flaw = RecordFlaw.BadField;
        }
        else if (header.ExtensionSize != 0 && !ExtensionBlocks.AreSound(Extensions(value, header)))
        {
            flaw = RecordFlaw.BadExtension;
        }

        return flaw == RecordFlaw.None;
    }

    /// <summary>Reads a header and compares the checksum over key, headers and value. With a flaw in form or checksum the header is
    /// what the bytes say, for what that is worth.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> value, ReadOnlySpan<byte> key, ReadOnlySpan<byte> headers, out RecordHeader header, out RecordFlaw flaw)
    {
        if (!TryRead(value, out header, out flaw))
            return false;
        if (Checksum(key, headers, value) == header.Checksum)
            return true;

        flaw = RecordFlaw.WrongChecksum;
        return false;
    }

    /// <summary>The extension blocks of a value whose header was read from it.</summary>
    public static ReadOnlySpan<byte> Extensions(ReadOnlySpan<byte> value, in RecordHeader header) =>
        value.Slice(MinimumSize, header.ExtensionSize);

    /// <summary>
    /// The checksum that belongs into the value: CRC32C over the lengths of key and headers (4 bytes each, little-endian),
    /// the key, the headers, and the value but for the checksum's own four bytes.
    /// </summary>
    public static uint Checksum(ReadOnlySpan<byte> key, ReadOnlySpan<byte> headers, ReadOnlySpan<byte> value)
    {
        var state = BitOperations.Crc32C(Crc32C.Seed, (uint)key.Length | ((ulong)(uint)headers.Length << 32));
        state = Crc32C.Append(state, key);
        state = Crc32C.Append(state, headers);
        state = Crc32C.Append(state, value[..ChecksumAt]);
        return Crc32C.Finish(Crc32C.Append(state, value[MinimumSize..]));
    }

    private static RecordFlaw FormOf(ReadOnlySpan<byte> value)
    {
        if (value.Length < MinimumSize)
            return RecordFlaw.TooShort;
        if (BinaryPrimitives.ReadUInt32LittleEndian(value) != Magic)
            return RecordFlaw.WrongMagic;
        if (value[4] != Version)
            return RecordFlaw.UnknownVersion;

        return BinaryPrimitives.ReadUInt16LittleEndian(value[ExtensionSizeAt..]) > value.Length - MinimumSize
            ? RecordFlaw.BadExtension
            : RecordFlaw.None;
    }
}
