using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Marathon.Records;

/// <summary>
/// CRC32C (Castagnoli), as in Kafka's record batches and RFC 3720. The processor's instruction takes three cycles and can begin
/// one each cycle, so longer data is taken in three lanes; a carry-less multiplication moves a lane's state to its place.
/// </summary>
public static class Crc32C
{
    /// <summary>State before the first byte.</summary>
    public const uint Seed = uint.MaxValue;

    private const int MaximumLaneWords = 128, WorthThreeLanes = 8;

    /// <summary>By number of words n: x^(64 n - 33) modulo the polynomial, reflected. A state times that is the state n words later.</summary>
    private static readonly ulong[] Shifts = MakeShifts();

    private static bool HasLanes => Pclmulqdq.IsSupported && Sse42.X64.IsSupported;

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> data) => Finish(Append(Seed, data));

    /// <summary>From state to checksum.</summary>
    public static uint Finish(uint state) => ~state;

    /// <summary>The state after some more bytes.</summary>
    public static uint Append(uint state, ReadOnlySpan<byte> data)
    {
        if (HasLanes)
        {
            while (data.Length >= 3 * 8 * WorthThreeLanes)
            {
                var words = Math.Min(data.Length / 24, MaximumLaneWords);
                state = AppendLanes(state, MemoryMarshal.Cast<byte, ulong>(data[..(24 * words)]), words);
                data = data[(24 * words)..];
            }
        }

        return AppendInSequence(state, data);
    }

    /// <summary>The same, one word after the other.</summary>
    public static uint AppendInSequence(uint state, ReadOnlySpan<byte> data)
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

    private static uint AppendLanes(uint state, ReadOnlySpan<ulong> data, int words)
    {
        var first = data[..words];
        var second = data.Slice(words, first.Length);
        var third = data.Slice(2 * words, first.Length);
        // The state so far comes in last: what it takes to make it need not be waited for.
        ulong a = 0, b = 0, c = 0;
        for (var i = 0; i < first.Length; i++)
        {
            a = Sse42.X64.Crc32(a, first[i]);
            b = Sse42.X64.Crc32(b, second[i]);
            c = Sse42.X64.Crc32(c, third[i]);
        }

        return (uint)(Shift(state, 3 * words) ^ Shift(a, 2 * words) ^ Shift(b, words) ^ c);
    }

    private static ulong Shift(ulong state, int words) =>
        Sse42.X64.Crc32(0, Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(state), Vector128.CreateScalar(Shifts[words]), 0).ToScalar());

    private static ulong[] MakeShifts()
    {
        var shifts = new ulong[(3 * MaximumLaneWords) + 1];
        shifts[1] = 1;
        for (var words = 2; words < shifts.Length; words++)
            shifts[words] = BitOperations.Crc32C((uint)shifts[words - 1], 0UL);

        return shifts;
    }
}
