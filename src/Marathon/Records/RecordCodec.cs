using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

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

    private const int ChecksumAt = 80;

    /// <summary>Magic, version and extension size of a record without extension blocks, and where in the first eight bytes they are.</summary>
    private const ulong PlainStart = Magic | ((ulong)Version << 32), StartMask = ~(0xffUL << 40);

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
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("record headers are little-endian, as the processor has to be");
        if (extensions.Length > MaximumExtensionSize)
            throw new ArgumentException($"extension blocks take {extensions.Length} bytes, at most {MaximumExtensionSize} fit", nameof(extensions));
        if (value.Length < MinimumSize + extensions.Length)
            throw new ArgumentException($"a record takes at least {MinimumSize + extensions.Length} bytes, the value has {value.Length}", nameof(value));

        MemoryMarshal.Write(value, header with { ExtensionSize = extensions.Length });
        extensions.CopyTo(value[MinimumSize..]);

        var checksum = Checksum(key, headers, value);
        BinaryPrimitives.WriteUInt32LittleEndian(value[ChecksumAt..], checksum);
        return checksum;
    }

    /// <summary>Reads a header and looks at its form; the checksum is compared by the overload that takes key and headers.</summary>
    /// <returns>False, with the flaw, when the value is no record of this format.</returns>
    public static bool TryRead(ReadOnlySpan<byte> value, out RecordHeader header, out RecordFlaw flaw)
    {
        flaw = FlawIn(value);
        header = flaw == RecordFlaw.TooShort ? default : HeaderOf(value);
        return flaw == RecordFlaw.None;
    }

    /// <summary>Looks at the form of a value without a copy of its header.</summary>
    internal static RecordFlaw FlawIn(ReadOnlySpan<byte> value)
    {
        if (IsPlain(value))
            return RecordFlaw.None;

        return value.Length < MinimumSize ? RecordFlaw.TooShort : FlawOf(value, HeaderOf(value));
    }

    /// <summary>Whether the value has no flaw in form, and no extension blocks: a shorter way to ask first.</summary>
    internal static bool IsPlain(ReadOnlySpan<byte> value) =>
        value.Length >= MinimumSize
        && (BinaryPrimitives.ReadUInt64LittleEndian(value) & StartMask) == PlainStart
        && HeaderOf(value).HasPossibleFields;

    /// <summary>The header where it lies in a value that is long enough for one.</summary>
    internal static ref readonly RecordHeader HeaderOf(ReadOnlySpan<byte> value) => ref MemoryMarshal.AsRef<RecordHeader>(value);

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

    private static RecordFlaw FlawOf(ReadOnlySpan<byte> value, in RecordHeader header)
    {
        if (!header.HasMagic)
            return RecordFlaw.WrongMagic;
        if (!header.HasVersion)
            return RecordFlaw.UnknownVersion;
        if (header.ExtensionSize > value.Length - MinimumSize)
            return RecordFlaw.BadExtension;
        if (!header.HasPossibleFields)
            return RecordFlaw.BadField;

        return ExtensionBlocks.AreSound(Extensions(value, header)) ? RecordFlaw.None : RecordFlaw.BadExtension;
    }
}
