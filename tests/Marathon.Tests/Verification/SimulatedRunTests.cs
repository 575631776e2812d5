namespace Marathon.Tests.Verification;

/// <summary>The checker against the obvious: whatever happens to producers and consumers, its counts are those of the log.</summary>
public sealed class SimulatedRunTests
{
    private const int Seeds = 60;

    public static TheoryData<string> Sins =>
        ["none", "lose", "duplicate", "reorder", "corrupt-value", "corrupt-header", "unreadable", "wrong-partition", "phantom", "beyond-the-end", "show-failed", "truncate", "several"];

    [Theory]
    [MemberData(nameof(Sins))]
    public void Join_ForAnyHistory_SaysWhatIsInTheLog(string sin)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            try
            {
                Check(sin, seed);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"sin {sin}, seed {seed}: {e.Message}", e);
            }
        }
    }

    private static void Check(string sin, int seed)
    {
        var run = new SimulatedRun(seed, partitions: 1 + (seed % 3));
        var producers = 1 + (seed % 4);
        for (var i = 0; i < producers; i++)
            run.Produce(7 + i, run.Random.Next(1, 600), failing: seed % 2 * 0.05, unknown: seed % 5 * 0.02, dies: run.Random.Next(3) == 0);

        foreach (var each in sin == "several" ? ["lose", "duplicate", "reorder", "corrupt-value", "wrong-partition"] : (string[])[sin])
            Commit(each, run);

        run.Consume("c");
        if (run.Random.Next(3) == 0)
            run.Consume("again");

        Oracle.AssertAgrees(run, run.Settle());
    }

    private static void Commit(string sin, SimulatedRun run)
    {
        var partition = run.Random.Next(run.Logs.Count);
        var log = run.Logs[partition];
        var times = run.Random.Next(1, 6);
        for (var i = 0; i < times; i++)
        {
            var at = log.FindIndex(run.Random.Next(log.Count + 1), record => record is not null);
            if (at < 0)
                continue;

            var record = log[at]!;
            switch (sin)
            {
                case "lose": log[at] = null; break;
                case "duplicate": log.Insert(run.Random.Next(at, log.Count + 1), record); break;
                case "reorder":
                    log.RemoveAt(at);
                    log.Insert(run.Random.Next(log.Count + 1), record);
                    break;
                case "corrupt-value": log[at] = record.WithByte(95, 0x40); break;
                case "corrupt-header": log[at] = record.WithByte(run.Random.Next(8, 84), 0x10); break;
                case "unreadable": log[at] = record.WithByte(run.Random.Next(0, 5), 0xFF); break;
                case "wrong-partition" when run.Logs.Count > 1:
                    log[at] = null;
                    run.Logs[(partition + 1) % run.Logs.Count].Add(record);
                    break;
                case "phantom": log.Insert(at, TestRecord.Of(999, partition, i)); break;
                case "beyond-the-end": log.Add(TestRecord.Of(7, partition, 100_000 + i)); break;
                case "show-failed" when run.Producers[0].Failed.Count > 0:
                    var (failedPartition, sequence) = run.Producers[0].Failed.First();
                    run.Logs[failedPartition].Add(TestRecord.Of(7, failedPartition, sequence));
                    break;
                case "truncate": log.RemoveRange(at, Math.Min(log.Count - at, 20)); return;
            }
        }
    }
}
