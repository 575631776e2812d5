using System.Globalization;

namespace Marathon.Benchmarks.Checker;

/// <summary>What the record checker costs per record, and what it keeps.</summary>
internal static class CheckerBenchmark
{
    public static int Run(IReadOnlyList<string> args)
    {
        var records = args.Count > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 100_000_000;
        Print("check a record without its checksum", CheckerLoad.Run(records, recordSize: 100, verifiesChecksums: false));
        Print("the same, with keys", CheckerLoad.Run(records / 10, recordSize: 100, verifiesChecksums: false, keys: 4096));
        Print("check a record of 1 KiB with its checksum", CheckerLoad.Run(records / 10, recordSize: 1024, verifiesChecksums: true));
        Print("give out a sequence and take its acknowledgement", LedgerLoad.Run(records));
        Print("CRC32C of 1 KiB, three lanes", ChecksumLoad.Run(records / 10, inSequence: false));
        Print("CRC32C of 1 KiB, one word after the other", ChecksumLoad.Run(records / 10, inSequence: true));
        foreach (var holes in new[] { 0, 10, 1000 })
            Console.WriteLine($"evidence of one stream with {holes} holes: {StreamSize.Measure(holes):N0} bytes");

        Console.WriteLine($"peak memory of the process: {Environment.WorkingSet / 1048576.0:N0} MiB");
        return 0;
    }

    private static void Print(string what, LoadCost cost) =>
        Console.WriteLine(FormattableString.Invariant(
            $"{what}: {cost.Nanoseconds:F1} ns (median round {cost.MedianNanoseconds:F1}), {cost.BytesEach:F4} bytes allocated, {cost.Times:N0} times, kept {cost.KeptBytes / 1024.0:F0} KiB"));
}
