namespace Marathon.Testbed.Protocol;

/// <summary>Variable-length integers: unsigned in the flexible encoding, zigzag inside records.</summary>
internal static class VarInt
{
    public static int WriteUnsigned(Span<byte> target, ulong value)
    {
        var count = 0;
        while (value >= 0x80)
        {
            target[count++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[count++] = (byte)value;
        return count;
    }

    public static int WriteZigZag(Span<byte> target, long value) => WriteUnsigned(target, (ulong)((value << 1) ^ (value >> 63)));

    /// <summary>False when the bytes end early or the integer has more than ten bytes.</summary>
    public static bool TryReadZigZag(ReadOnlySpan<byte> source, ref int position, out long value)
    {
        ulong raw = 0;
        value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if ((uint)position >= (uint)source.Length)
                return false;
            var next = source[position++];
            raw |= (ulong)(next & 0x7f) << shift;
            if (next >= 0x80)
                continue;
            value = (long)(raw >> 1) ^ -(long)(raw & 1);
            return true;
        }

        return false;
    }
}
