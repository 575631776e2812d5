using System.Runtime.InteropServices;

namespace Marathon.Records;

/// <summary>
/// The fixed header at the start of every record's value, format version 1 (docs/record-format.md).
/// Sequences count per (run, incarnation, partition) from 0 and are never reused: a retry by our code is a new sequence.
/// </summary>
/// <remarks>In memory it is what it is in the value, field by field in this order, so that reading it is one copy.</remarks>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly record struct RecordHeader
{
    /// <summary>Value of <see cref="KeyId"/> of a record without a key.</summary>
    public const int NoKey = -1;

    private readonly uint _magic = RecordCodec.Magic;
    private readonly byte _version = RecordCodec.Version;

    /// <summary>A header without key and transaction.</summary>
    public RecordHeader()
    {
    }

    /// <summary>What the writer says about the record.</summary>
    public RecordFlags Flags { get; init; }

    private readonly ushort _extensionSize;

    /// <summary>Bytes of extension blocks after the header; <see cref="RecordCodec.Write"/> takes them from its argument.</summary>
    public int ExtensionSize
    {
        get => _extensionSize;
        init => _extensionSize = checked((ushort)value);
    }

    /// <summary><see cref="RecordIdentity.Run"/> of the run id.</summary>
    public ulong Run { get; init; }

    /// <summary>The topic's id within the run, from 1.</summary>
    public int TopicId { get; init; }

    /// <summary>The partition that the producer sends to, from 0.</summary>
    public int Partition { get; init; }

    /// <summary>The life of the producer; unique within the run, never 0.</summary>
    public long Incarnation { get; init; }

    /// <summary>Position in the stream of this incarnation to this partition, from 0.</summary>
    public long Sequence { get; init; }

    /// <summary>Position in the stream of this incarnation to this key, from 0; 0 without a key.</summary>
    public long KeySequence { get; init; }

    /// <summary>Number of the key, from 0, or <see cref="NoKey"/>.</summary>
    public int KeyId { get; init; } = NoKey;

    /// <summary>Position within the transaction, over all partitions, from 0.</summary>
    public int TransactionIndex { get; init; }

    /// <summary>The transaction, unique within the incarnation, from 1; 0 outside transactions.</summary>
    public long TransactionId { get; init; }

    /// <summary>When the open-loop schedule called for the record, in nanoseconds since the Unix epoch (<see cref="RecordTime"/>).</summary>
    public long IntendedAt { get; init; }

    /// <summary>When the record was handed to the client, in nanoseconds since the Unix epoch.</summary>
    public long SentAt { get; init; }

    /// <summary>CRC32C as read; <see cref="RecordCodec.Write"/> computes it and ignores this field.</summary>
    public uint Checksum { get; init; }

    /// <summary>Whether the first bytes are those of this format.</summary>
    internal bool HasMagic => _magic == RecordCodec.Magic;

    /// <summary>Whether the version is the one that is known.</summary>
    internal bool HasVersion => _version == RecordCodec.Version;

    /// <summary>Whether no field has a value that no writer gives it.</summary>
    internal bool HasPossibleFields =>
        (Sequence | KeySequence | TransactionId) >= 0 && (Partition | TransactionIndex) >= 0 && KeyId >= NoKey;
}
