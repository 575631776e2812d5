using System.Diagnostics;
using System.Globalization;

namespace Marathon.Benchmarks.Checker;

/// <summary>What the record checker costs per record, and what it keeps.</summary>
internal static class CheckerBenchmark
{
    public static int Run(IReadOnlyList<string> args)
    {
        var records = args.Count > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 100_000_000;
        Print("check a record without its checksum", CheckerLoad.Run(records, recordSize: 100, verifiesChecksums: false));
        PrintPeak("after that");
        Print("the same, with keys", CheckerLoad.Run(records / 10, recordSize: 100, verifiesChecksums: false, keys: 4096));
        Print("check a record of 1 KiB with its checksum", CheckerLoad.Run(records / 10, recordSize: 1024, verifiesChecksums: true));
        Print("give out a sequence and take its acknowledgement", LedgerLoad.Run(records));
        Print("CRC32C of 1 KiB, three lanes", ChecksumLoad.Run(records / 10, inSequence: false));
        Print("CRC32C of 1 KiB, one word after the other", ChecksumLoad.Run(records / 10, inSequence: true));
        foreach (var holes in new[] { 0, 10, 1000 })
        {
            var (memory, json) = StreamSize.Measure(holes);
            Console.WriteLine(FormattableString.Invariant($"evidence of one stream with {holes} holes: {memory:N0} bytes in memory, {json:N0} in a checkpoint"));
        }

        PrintPeak("at the end, a thousand such streams at once included");
        return 0;
    }

    private static void PrintPeak(string when)
    {
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(FormattableString.Invariant($"peak memory of the process {when}: {process.PeakWorkingSet64 / 1048576.0:N0} MiB"));
    }

    private static void Print(string what, LoadCost cost) =>
        Console.WriteLine(FormattableString.Invariant(
            $"{what}: {cost.Nanoseconds:F1} ns (median round {cost.MedianNanoseconds:F1}), {cost.BytesEach:F4} bytes allocated, {cost.Times:N0} times, kept {cost.KeptBytes / 1024.0:F0} KiB"));
}
