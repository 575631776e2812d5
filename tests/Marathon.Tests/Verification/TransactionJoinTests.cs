using Marathon.Verification;
using Marathon.Workers.Load;

namespace Marathon.Tests.Verification;

/// <summary>Transactions, and ownership of partitions in groups.</summary>
public sealed class TransactionJoinTests
{
    private readonly SmallRun _run = new() { Guarantee = Guarantee.ExactlyOnce, EndOffset = 4 };

    [Fact]
    public void Join_CommittedAndRead_FindsNothing()
    {
        var result = _run.With(Transaction(TransactionOutcome.Committed, 3)).Read("a", 0, 0, 1, 2, -1).Join();

        Assert.Empty(result.Anomalies);
        Assert.Equal(new RecordCounts(Sent: 3, Acked: 3, Received: 3), result.Records);
    }

    [Fact]
    public void Join_AbortedAndUnread_CountsAsFailed()
    {
        var result = _run.With(Transaction(TransactionOutcome.Aborted, 3)).Read("a", 0, -1, -1, -1, -1).Join();

        Assert.Empty(result.Anomalies);
        Assert.Equal(new RecordCounts(Sent: 3, Failed: 3), result.Records);
    }

    [Theory]
    [InlineData(Isolation.ReadCommitted, 2)]
    [InlineData(Isolation.ReadUncommitted, 0)]
    public void Join_AbortedAndRead_IsFoundUnderReadCommitted(Isolation isolation, long expected)
    {
        var checker = new ConsumerChecker("a", TestRecord.Run, isolation);
        checker.ReadSequences(checker.Assign(), 0, 0, 1);

        var result = _run.With(Transaction(TransactionOutcome.Aborted, 3)).With(checker).Join();

        Assert.Equal(expected, SmallRun.Find(result, AnomalyKind.AbortedRead)?.Count ?? 0);
        Assert.Null(SmallRun.Find(result, AnomalyKind.FailedWriteVisible));
    }

    [Fact]
    public void Join_CommittedAndPartlyLost_IsTornBecauseOfTheLoss()
    {
        var result = _run.With(Transaction(TransactionOutcome.Committed, 3)).Read("a", 0, 0, -1, 2, -1).Reread(0, 0, -1, 2).Join();

        Assert.Equal(1, SmallRun.Find(result, AnomalyKind.LostAckedWrite)!.Count);
        Assert.Equal(AnomalyKind.LostAckedWrite, SmallRun.Find(result, AnomalyKind.TornTransaction)!.CausedBy);
    }

    [Fact]
    public void Join_CommittedAndWhollyLost_IsLostAndNotTorn()
    {
        var result = _run.With(Transaction(TransactionOutcome.Committed, 3)).Read("a", 0, -1, -1, -1, -1).Reread(0, -1, -1, -1, -1).Join();

        Assert.Equal(3, result.Records.Lost);
        Assert.Null(SmallRun.Find(result, AnomalyKind.TornTransaction));
    }

    [Theory]
    [InlineData(0, 1, 2, 0)]
    [InlineData(-1, -1, -1, 0)]
    [InlineData(0, -1, 2, 1)]
    public void Join_OutcomeUnknown_IsAllOrNothing(long first, long second, long third, long torn)
    {
        var result = _run.With(Transaction(TransactionOutcome.Unknown, 3))
            .Read("a", 0, first, second, third, -1).Reread(0, first, second, third, -1).Join();

        Assert.Equal(torn, SmallRun.Find(result, AnomalyKind.TornTransaction)?.Count ?? 0);
        Assert.Equal(3, result.Records.Indeterminate);
        Assert.Equal(0, result.Records.Unseen);
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(2_000, 0)]
    public void Join_ReadBeforeItsProducerAskedForTheEnd_WasOpen(long readAt, long expected)
    {
        var checker = new ConsumerChecker("a", TestRecord.Run, Isolation.ReadCommitted);
        var handle = checker.Assign();
        checker.Read(handle, 0, TestRecord.Of(7, 0, 0, transaction: 1, sentAt: 1), now: readAt);

        var result = _run.With(Transaction(TransactionOutcome.Committed, 1)).With(checker).Join();

        Assert.Equal(expected, SmallRun.Find(result, AnomalyKind.UncommittedRead)?.Count ?? 0);
    }

    [Fact]
    public void Join_OpenTransactionOfADeadProducer_IsIndeterminate()
    {
        var ledger = _run.Ledger(transactional: true);
        ledger.BeginTransaction(1);
        ledger.Acknowledged(0, ledger.Next(0), 0);

        var result = _run.With(ledger).Read("a", 0, -1).Join();

        Assert.Equal(new RecordCounts(Sent: 1, Indeterminate: 1), result.Records);
        Assert.Empty(result.Anomalies);
    }

    [Theory]
    [InlineData(10, 20, false, 20, 1)]
    [InlineData(10, 20, false, 25, 0)]
    [InlineData(10, 20, true, 20, 0)]
    public void Join_OverlappingOwners_AreFoundUnlessOneWasEvicted(long from, long to, bool lost, long secondFrom, long expected)
    {
        var first = Owner("a", from, to + 5, lost);
        var second = Owner("b", secondFrom, 40, false);

        var result = _run.With(first).With(second).Join();

        Assert.Equal(expected, SmallRun.Find(result, AnomalyKind.DoubleOwnership)?.Count ?? 0);
    }

    private static ConsumerChecker Owner(string name, long from, long to, bool lost)
    {
        var checker = new ConsumerChecker(name, TestRecord.Run, Isolation.ReadCommitted, group: "g");
        var handle = checker.Assigned(TestReader.Topic, 1, 0, 0, from);
        if (lost)
            checker.Lost(handle, to);
        else
            checker.Revoked(handle, to);

        return checker;
    }

    private ProducerLedger Transaction(TransactionOutcome outcome, int count)
    {
        var ledger = _run.Ledger(transactional: true);
        ledger.BeginTransaction(1);
        for (var i = 0; i < count; i++)
            ledger.Acknowledged(0, ledger.Next(0), i);

        ledger.EndingTransaction(1_000);
        ledger.EndTransaction(outcome, 1_100);
        ledger.Settle();
        return ledger;
    }
}
