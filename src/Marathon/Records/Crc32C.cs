using System.Buffers.Binary;
using System.Numerics;

namespace Marathon.Records;

/// <summary>CRC32C (Castagnoli), as in Kafka's record batches and RFC 3720.</summary>
public static class Crc32C
{
    /// <summary>State before the first byte.</summary>
    public const uint Seed = uint.MaxValue;

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> data) => Finish(Append(Seed, data));

    /// <summary>From state to checksum.</summary>
    public static uint Finish(uint state) => ~state;

    /// <summary>The state after some more bytes.</summary>
    public static uint Append(uint state, ReadOnlySpan<byte> data)
    {
        while (data.Length >= 8)
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[8..];
        }

        foreach (var octet in data)
            state = BitOperations.Crc32C(state, octet);

        return state;
    }
}
