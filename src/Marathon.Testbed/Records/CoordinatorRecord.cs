using System.Buffers.Binary;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Records;

/// <summary>A key or value in an internal topic: two bytes of type or version, then the fields.</summary>
internal static class CoordinatorRecord
{
    public static ReadOnlyMemory<byte> Write(short version, IMessage message)
    {
        using var writer = new WireWriter(version, flexible: false);
        writer.Int16(version);
        writer.Struct(message);
        return writer.Written.ToArray();
    }

    public static short Version(ReadOnlyMemory<byte> bytes) => bytes.Length < 2 ? (short)-1 : BinaryPrimitives.ReadInt16BigEndian(bytes.Span);

    public static T Read<T>(ReadOnlyMemory<byte> bytes)
        where T : IMessage, new()
    {
        var message = new T();
        new WireReader(bytes[2..], Version(bytes), flexible: false).Struct(message);
        return message;
    }
}
