using Marathon.Records;

namespace Marathon.Benchmarks.Checker;

/// <summary>The checksum alone, over 1 KiB that is in the cache.</summary>
internal static class ChecksumLoad
{
    public static LoadCost Run(long times, bool inSequence)
    {
        var data = new byte[1024];
        new Random(1).NextBytes(data);
        var state = Crc32C.Seed;
        var start = Environment.CpuUsage.UserTime;
        for (long i = 0; i < times; i++)
            state = inSequence ? Crc32C.AppendInSequence(state, data) : Crc32C.Append(state, data);

        var elapsed = Environment.CpuUsage.UserTime - start;
        GC.KeepAlive(state);
        return new LoadCost(times, elapsed.TotalNanoseconds / times, 0, 0);
    }
}
