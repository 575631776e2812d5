using System.Buffers.Binary;
using System.Text;

namespace Marathon.Records;

/// <summary>
/// The form in which a record's Kafka headers enter its checksum: for each header the length of its name (4 bytes,
/// little-endian), the name in UTF-8, the length of its value (4 bytes, -1 for null), the value. No headers is no bytes.
/// </summary>
public static class RecordHeaders
{
    /// <summary>Bytes that one header takes.</summary>
    public static int SizeOf(string name, int valueLength) => 8 + Encoding.UTF8.GetByteCount(name) + valueLength;

    /// <summary>Appends a header with a value; returns the bytes written.</summary>
    public static int Append(Span<byte> target, string name, ReadOnlySpan<byte> value)
    {
        var written = AppendName(target, name);
        BinaryPrimitives.WriteInt32LittleEndian(target[written..], value.Length);
        value.CopyTo(target[(written + 4)..]);
        return written + 4 + value.Length;
    }

    /// <summary>Appends a header whose value is null; returns the bytes written.</summary>
    public static int AppendNull(Span<byte> target, string name)
    {
        var written = AppendName(target, name);
        BinaryPrimitives.WriteInt32LittleEndian(target[written..], -1);
        return written + 4;
    }

    private static int AppendName(Span<byte> target, string name)
    {
        var length = Encoding.UTF8.GetBytes(name, target[4..]);
        BinaryPrimitives.WriteInt32LittleEndian(target, length);
        return 4 + length;
    }
}
