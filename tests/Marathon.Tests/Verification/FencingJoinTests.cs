using Marathon.Verification;
using Marathon.Workers.Load;

namespace Marathon.Tests.Verification;

/// <summary>Producers that share a transactional id, and transactions that read each other.</summary>
public sealed class FencingJoinTests
{
    [Theory]
    [InlineData(15, TransactionOutcome.Committed, 0)]
    [InlineData(25, TransactionOutcome.Committed, 1)]
    [InlineData(25, TransactionOutcome.Aborted, 0)]
    [InlineData(25, TransactionOutcome.Unknown, 0)]
    public void Join_CommitAskedForAfterASuccessorHadBegun_IsAZombie(long endingAt, TransactionOutcome outcome, long zombies)
    {
        var run = new SmallRun { Guarantee = Guarantee.ExactlyOnce, Drained = false };
        var (first, second) = (run.Ledger(transactional: true), run.Ledger(transactional: true, incarnation: 8));
        Transaction(first, 10, endingAt, outcome);
        Transaction(second, 20, 30, TransactionOutcome.Committed);

        var result = run.With(second).With(first).Join();

        Assert.Equal(zombies, SmallRun.Find(result, AnomalyKind.ZombieNotFenced)?.Count ?? 0);
    }

    [Fact]
    public void Join_OtherTransactionalIds_HaveNothingToDoWithEachOther()
    {
        var run = new SmallRun { Guarantee = Guarantee.ExactlyOnce, Drained = false };
        var (first, second) = (run.Ledger(transactional: true), new ProducerLedger(8, "p8", TestReader.Topic, 1, Acks.All, Guarantee.ExactlyOnce, "other"));
        Transaction(first, 10, 25, TransactionOutcome.Committed);
        Transaction(second, 20, 30, TransactionOutcome.Committed);

        Assert.Empty(run.With(first).With(second).Join().Anomalies);
    }

    [Theory]
    [InlineData(TransactionOutcome.Committed, 1)]
    [InlineData(TransactionOutcome.Aborted, 0)]
    public void Join_TransactionsThatReadEachOther_AreACycleOnlyIfAllCommitted(TransactionOutcome second, long cycles)
    {
        var run = new SmallRun { Guarantee = Guarantee.ExactlyOnce, Drained = false };
        var a = run.Ledger(transactional: true);
        var b = new ProducerLedger(8, "p8", TestReader.Topic, 1, Acks.All, Guarantee.ExactlyOnce, "other");
        a.BeginTransaction(1);
        a.ReadFrom(8, 1);
        a.ReadFrom(8, 1);
        a.EndTransaction(TransactionOutcome.Committed, 2);
        b.BeginTransaction(1);
        b.ReadFrom(7, 1);
        b.EndTransaction(second, 2);

        var result = run.With(a).With(b).Join();

        Assert.Equal(cycles, SmallRun.Find(result, AnomalyKind.WriteCycle)?.Count ?? 0);
    }

    [Fact]
    public void Find_AnyGraph_AgreesWithReachability()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var nodes = Enumerable.Range(1, random.Next(1, 9)).Select(each => new TransactionRef(1, each)).ToArray();
            var edges = nodes.ToDictionary(
                node => node, _ => (IReadOnlyList<TransactionRef>)[.. Enumerable.Range(0, random.Next(0, 3)).Select(_ => new TransactionRef(1, random.Next(1, 11)))]);

            var found = WriteCycles.Find(edges).SelectMany(cycle => cycle).ToHashSet();

            var expected = nodes.Where(node => nodes.Any(other => other != node && Reaches(edges, node, other) && Reaches(edges, other, node))).ToHashSet();
            Assert.True(expected.SetEquals(found), $"seed {seed}");
        }
    }

    private static bool Reaches(Dictionary<TransactionRef, IReadOnlyList<TransactionRef>> edges, TransactionRef from, TransactionRef to)
    {
        var seen = new HashSet<TransactionRef> { from };
        for (var grew = true; grew;)
            grew = seen.ToArray().SelectMany(each => edges.GetValueOrDefault(each) ?? []).Where(edges.ContainsKey).Any(seen.Add);
        return seen.Contains(to);
    }

    private static void Transaction(ProducerLedger ledger, long beganAt, long endingAt, TransactionOutcome outcome)
    {
        ledger.BeginTransaction(beganAt);
        ledger.EndingTransaction(endingAt);
        ledger.EndTransaction(outcome, endingAt + 1);
    }
}
