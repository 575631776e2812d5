using Marathon.Verification;
using Marathon.Workers.Load;

namespace Marathon.Tests.Verification;

/// <summary>What an example tells of what was around it.</summary>
public sealed class SurroundingsTests
{
    [Fact]
    public void Lost_TellsWhereItBelongs_AndWhatTheLogHolds()
    {
        var run = new SmallRun { EndOffset = 5 }.Sent(5).Read("a", 0, 0, 1, -1, 3, 4).Reread(1, 1, -1, 3);
        var result = run.Join();
        var place = Assert.Single(LogPlace.Wanted(result, TestReader.Topic, []));

        run.Excerpts.Add(new LogExcerpt(place, ["in the log: offset 2: no record"]));
        var example = SmallRun.Find(run.Join(), AnomalyKind.LostAckedWrite)!.Examples.Single();

        Assert.Equal(new LogPlace(0, new Interval(1, 4), 7, 2), place);
        Assert.Equal((null, new Interval(1, 4)), (example.Offset, example.Between));
        Assert.Equal(
            ["sequences 0 to 1 were read at offsets 0 to 1", "sequences 3 to 4 were read at offsets 3 to 4", "in the log: offset 2: no record"], example.Around);
        Assert.Empty(LogPlace.Wanted(result, TestReader.Topic, run.Excerpts));
        Assert.Empty(LogPlace.Wanted(result, "another-topic", []));
    }

    [Fact]
    public void ReadOfAnAbortedTransaction_HasTheOffsetThatTheLogSays()
    {
        var run = new SmallRun { Guarantee = Guarantee.ExactlyOnce, EndOffset = 4 };
        var ledger = run.Ledger(transactional: true);
        ledger.BeginTransaction(1);
        for (var sequence = 0; sequence < 3; sequence++)
            ledger.Acknowledged(0, ledger.Next(0), sequence);
        ledger.EndTransaction(TransactionOutcome.Aborted, 2);
        ledger.Settle();
        run.With(ledger).Read("a", 0, 0, -1, 1, 2);
        run.Excerpts.Add(new LogExcerpt(new LogPlace(0, new Interval(0, 4), 7, 0), ["in the log: offset 0"], FoundAt: 0));

        var example = SmallRun.Find(run.Join(), AnomalyKind.AbortedRead)!.Examples.Single();

        Assert.Equal((0L, 0L, new Interval(0, 4)), (example.Offset, example.Sequence, example.Between));
        Assert.Empty(LogPlace.Wanted(run.Join(), TestReader.Topic, run.Excerpts));
    }

    [Fact]
    public void CountedOnly_IsNotQuoted()
    {
        var result = new SmallRun { EndOffset = 5 }.Sent(5).Read("a", 0, 0, 1, -1, 3, 4).Join();

        Assert.Equal(AnomalyKind.Unseen, Assert.Single(result.Anomalies).Kind);
        Assert.Empty(LogPlace.Wanted(result, TestReader.Topic, []));
    }

    [Fact]
    public void OwnedTwice_TellsWhoGotAndGaveUpThePartition()
    {
        var result = new SmallRun().With(Owner("a", 1_000, 9_000)).With(Owner("b", 5_000, 20_000)).With(Owner("c", 30_000, 40_000)).Join();

        var example = SmallRun.Find(result, AnomalyKind.DoubleOwnership)!.Examples.Single();

        Assert.Equal(
            [
                "00:00:00.000001: a got partition 0 and began at offset 0",
                "00:00:00.000005: b got partition 0 and began at offset 0",
                "00:00:00.000009: a gave up partition 0",
                "00:00:00.000020: b gave up partition 0",
                "00:00:00.000030: c got partition 0 and began at offset 0",
                "00:00:00.000040: c gave up partition 0",
            ],
            example.Around);
    }

    [Fact]
    public void Zombie_TellsWhatBothDid()
    {
        var run = new SmallRun { Guarantee = Guarantee.ExactlyOnce, Drained = false };
        var (first, second) = (run.Ledger(transactional: true), run.Ledger(transactional: true, incarnation: 8));
        first.BeginTransaction(10_000);
        first.EndingTransaction(25_000);
        first.EndTransaction(TransactionOutcome.Committed, 26_000);
        second.BeginTransaction(20_000);

        var example = SmallRun.Find(run.With(first).With(second).Join(), AnomalyKind.ZombieNotFenced)!.Examples.Single();

        Assert.Equal(
            [
                "00:00:00.000010: transaction 1 of incarnation 7 began",
                "00:00:00.000020: transaction 1 of incarnation 8 began",
                "00:00:00.000025: transaction 1 of incarnation 7 was asked to end",
                "00:00:00.000026: transaction 1 of incarnation 7 had ended: committed",
            ],
            example.Around);
    }

    [Fact]
    public void ManySteps_FiveOnEachSideAreTold()
    {
        var run = new SmallRun();
        for (var at = 0; at < 20; at++)
            run.With(Owner($"m{at}", at * 10_000, (at * 10_000) + (at == 10 ? 15_000 : 5_000)));

        var example = SmallRun.Find(run.Join(), AnomalyKind.DoubleOwnership)!.Examples.Single();

        // m11 got it when m10 still had it.
        Assert.Equal(11, example.Around!.Count);
        Assert.Contains("m11 got", example.Around[5], StringComparison.Ordinal);
    }

    private static ConsumerChecker Owner(string name, long from, long to)
    {
        var checker = new ConsumerChecker(name, TestRecord.Run, Isolation.ReadCommitted, group: "g");
        checker.Revoked(checker.Assigned(TestReader.Topic, 1, 0, 0, from), to);
        return checker;
    }
}
