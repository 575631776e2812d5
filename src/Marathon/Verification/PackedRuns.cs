namespace Marathon.Verification;

/// <summary>
/// Runs in a few bytes each, exactly: numbers of seven bits a byte, the lowest first, each told by how far it is from the one
/// before. To be read from the lowest run on.
/// </summary>
internal static class PackedRuns
{
    private const int MostBytesOfANumber = 10, MostBytesOfARun = 5 * MostBytesOfANumber, LeastBytesOfARun = 4;

    public static byte[] Pack(ReadOnlySpan<SequenceRun> runs)
    {
        var bytes = new byte[runs.Length * MostBytesOfARun];
        var at = 0;
        long end = 0, offset = 0;
        foreach (ref readonly var run in runs)
        {
            var steps = run.Last - run.First;
            Write(bytes, ref at, (ulong)(run.First - end));
            Write(bytes, ref at, ((ulong)steps << 1) | (run.Missing > 0 ? 1UL : 0));
            Write(bytes, ref at, Fold(run.FirstOffset - offset));
            Write(bytes, ref at, Fold(run.LastOffset - run.FirstOffset - steps));
            if (run.Missing > 0)
                Write(bytes, ref at, (ulong)run.Missing);

            (end, offset) = (run.Last + 1, run.LastOffset);
        }

        return bytes[..at];
    }

    /// <exception cref="FormatException">The bytes are no packed runs.</exception>
    public static SequenceRun[] Unpack(ReadOnlySpan<byte> bytes)
    {
        var runs = new List<SequenceRun>(bytes.Length / LeastBytesOfARun);
        long end = 0, offset = 0;
        while (!bytes.IsEmpty)
        {
            var first = end + (long)Read(ref bytes);
            var steps = Read(ref bytes);
            var last = first + (long)(steps >> 1);
            var firstOffset = offset + Unfold(Read(ref bytes));
            var lastOffset = firstOffset + (last - first) + Unfold(Read(ref bytes));
            runs.Add(new SequenceRun(first, last, firstOffset, lastOffset, (steps & 1) == 0 ? 0 : (long)Read(ref bytes)));
            (end, offset) = (last + 1, lastOffset);
        }

        return [.. runs];
    }

    private static void Write(byte[] bytes, ref int at, ulong number)
    {
        for (; number >= 0x80; number >>= 7)
            bytes[at++] = (byte)(number | 0x80);

        bytes[at++] = (byte)number;
    }

    private static ulong Read(scoped ref ReadOnlySpan<byte> bytes)
    {
        var number = 0UL;
        for (var i = 0; i < MostBytesOfANumber && i < bytes.Length; i++)
        {
            number |= (ulong)(bytes[i] & 0x7f) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return number;
            }
        }

        throw new FormatException("packed runs end within a number, or have one that is too long");
    }

    // Small numbers of either sign become small ones without.
    private static ulong Fold(long number) => (ulong)(number << 1) ^ (ulong)(number >> 63);

    private static long Unfold(ulong number) => (long)(number >> 1) ^ -(long)(number & 1);
}
