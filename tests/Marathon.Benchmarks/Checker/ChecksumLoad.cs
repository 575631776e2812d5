using Marathon.Records;

namespace Marathon.Benchmarks.Checker;

/// <summary>The checksum alone, over 1 KiB that is in the cache.</summary>
internal static class ChecksumLoad
{
    private const int Round = 1000;

    public static LoadCost Run(long times, bool inSequence)
    {
        var data = new byte[1024];
        new Random(1).NextBytes(data);
        var state = Crc32C.Seed;
        var rounds = new Rounds(Round);
        for (long done = 0; done < times; done += Round)
        {
            var start = Rounds.Start();
            for (var i = 0; i < Round; i++)
                state = inSequence ? Crc32C.AppendInSequence(state, data) : Crc32C.Append(state, data);

            rounds.Stop(start, Round);
        }

        GC.KeepAlive(state);
        return rounds.Cost(times);
    }
}
