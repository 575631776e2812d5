using System.Buffers.Binary;

namespace Marathon.Records;

/// <summary>
/// The blocks between a record's header and its filler: type (2 bytes), length of the content (2 bytes), content.
/// </summary>
public static class ExtensionBlocks
{
    /// <summary>Bytes of a block beside its content.</summary>
    public const int Overhead = 4;

    /// <summary>Bytes of a block with a <see cref="SourceRecord"/>.</summary>
    public const int SourceSize = Overhead + 16;

    /// <summary>Bytes of a block with a <see cref="Transfer"/>.</summary>
    public const int TransferSize = Overhead + 16;

    /// <summary>Writes a block; returns its size, <see cref="SourceSize"/>.</summary>
    public static int Write(Span<byte> target, in SourceRecord source)
    {
        var content = Open(target, ExtensionType.Source, SourceSize);
        BinaryPrimitives.WriteInt32LittleEndian(content, source.TopicId);
        BinaryPrimitives.WriteInt32LittleEndian(content[4..], source.Partition);
        BinaryPrimitives.WriteInt64LittleEndian(content[8..], source.Offset);
        return SourceSize;
    }

    /// <summary>Writes a block; returns its size, <see cref="TransferSize"/>.</summary>
    public static int Write(Span<byte> target, in Transfer transfer)
    {
        var content = Open(target, ExtensionType.Transfer, TransferSize);
        BinaryPrimitives.WriteInt32LittleEndian(content, transfer.FromKeyId);
        BinaryPrimitives.WriteInt32LittleEndian(content[4..], transfer.ToKeyId);
        BinaryPrimitives.WriteInt64LittleEndian(content[8..], transfer.Amount);
        return TransferSize;
    }

    /// <summary>Finds the first source block among a record's blocks (<see cref="RecordCodec.Extensions"/>).</summary>
    public static bool TryReadSource(ReadOnlySpan<byte> blocks, out SourceRecord source)
    {
        source = default;
        if (!TryFind(blocks, ExtensionType.Source, out var content) || content.Length < 16)
            return false;

        source = new SourceRecord(
            BinaryPrimitives.ReadInt32LittleEndian(content),
            BinaryPrimitives.ReadInt32LittleEndian(content[4..]),
            BinaryPrimitives.ReadInt64LittleEndian(content[8..]));
        return true;
    }

    /// <summary>Finds the first transfer block among a record's blocks.</summary>
    public static bool TryReadTransfer(ReadOnlySpan<byte> blocks, out Transfer transfer)
    {
        transfer = default;
        if (!TryFind(blocks, ExtensionType.Transfer, out var content) || content.Length < 16)
            return false;

        transfer = new Transfer(
            BinaryPrimitives.ReadInt32LittleEndian(content),
            BinaryPrimitives.ReadInt32LittleEndian(content[4..]),
            BinaryPrimitives.ReadInt64LittleEndian(content[8..]));
        return true;
    }

    /// <summary>Writes over the first source block among a record's blocks; false where there is none.</summary>
    public static bool TryReplace(Span<byte> blocks, in SourceRecord source)
    {
        if (!TryPlace(blocks, ExtensionType.Source, SourceSize, out var at))
            return false;

        Write(blocks[at..], source);
        return true;
    }

    /// <summary>Writes over the first transfer block among a record's blocks; false where there is none.</summary>
    public static bool TryReplace(Span<byte> blocks, in Transfer transfer)
    {
        if (!TryPlace(blocks, ExtensionType.Transfer, TransferSize, out var at))
            return false;

        Write(blocks[at..], transfer);
        return true;
    }

    /// <summary>Finds the first block of a type.</summary>
    public static bool TryFind(ReadOnlySpan<byte> blocks, ExtensionType type, out ReadOnlySpan<byte> content)
    {
        while (TryTake(ref blocks, out var found, out content))
        {
            if (found == type)
                return true;
        }

        content = default;
        return false;
    }

    /// <summary>Whether the bytes are whole blocks and nothing else.</summary>
    public static bool AreSound(ReadOnlySpan<byte> blocks)
    {
        while (TryTake(ref blocks, out _, out _))
        {
        }

        return blocks.IsEmpty;
    }

    /// <summary>Where the first block of a type begins, if it has that size.</summary>
    private static bool TryPlace(ReadOnlySpan<byte> blocks, ExtensionType type, int size, out int at)
    {
        at = 0;
        if (!TryFind(blocks, type, out var content) || content.Length != size - Overhead || !blocks.Overlaps(content, out var start))
            return false;

        at = start - Overhead;
        return true;
    }

    private static bool TryTake(scoped ref ReadOnlySpan<byte> blocks, out ExtensionType type, out ReadOnlySpan<byte> content)
    {
        type = default;
        content = default;
        if (blocks.Length < Overhead)
            return false;

        var length = BinaryPrimitives.ReadUInt16LittleEndian(blocks[2..]);
        if (blocks.Length - Overhead < length)
            return false;

        type = (ExtensionType)BinaryPrimitives.ReadUInt16LittleEndian(blocks);
        content = blocks.Slice(Overhead, length);
        blocks = blocks[(Overhead + length)..];
        return true;
    }

    private static Span<byte> Open(Span<byte> target, ExtensionType type, int size)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)type);
        BinaryPrimitives.WriteUInt16LittleEndian(target[2..], (ushort)(size - Overhead));
        return target[Overhead..size];
    }
}
