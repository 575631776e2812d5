using Marathon.Verification;
using Marathon.Workers.Load;

namespace Marathon.Tests.Verification;

public sealed class ProducerLedgerTests
{
    [Fact]
    public void Next_EachPartition_CountsFromZeroAndNeverRepeats()
    {
        var ledger = Ledger();

        Assert.Equal([0, 1, 0, 2], new[] { ledger.Next(0), ledger.Next(0), ledger.Next(1), ledger.Next(0) });
        Assert.Equal(4, ledger.InFlight);
    }

    [Fact]
    public void Snapshot_EveryOutcome_IsInItsSet()
    {
        var ledger = Ledger();
        Send(ledger, 10);
        foreach (var sequence in new[] { 0L, 1, 2, 5 })
            ledger.Acknowledged(0, sequence, 100 + sequence);

        ledger.Failed(0, 3);
        ledger.Indeterminate(0, 4);
        ledger.Acknowledged(0, 6, -1);

        var evidence = Partition(ledger);
        Assert.Equal(Intervals.FromBounds([0, 3, 5, 7]), evidence.Acknowledged);
        Assert.Equal(Intervals.Of(3), evidence.Failed);
        Assert.Equal(Intervals.Of(4), evidence.Indeterminate);
        Assert.Equal(10, evidence.Next);
        Assert.Equal(new AcknowledgedOffset(5, 105), evidence.Highest);
        Assert.Equal(new AcknowledgedOffset(0, 100), evidence.Lowest);
        Assert.Equal((10, 5, 1, 1, 3), (ledger.Sent, ledger.AcknowledgedCount, ledger.FailedCount, ledger.IndeterminateCount, ledger.InFlight));
    }

    [Fact]
    public void Acknowledged_WithAcksNone_IsIndeterminate()
    {
        var ledger = new ProducerLedger(7, "p", "t", 1, Acks.None, Guarantee.AtMostOnce);
        ledger.Next(0);
        ledger.Acknowledged(0, 0, -1);

        Assert.Equal(Intervals.Of(0), Partition(ledger).Indeterminate);
        Assert.Equal(1, ledger.IndeterminateCount);
    }

    [Fact]
    public void Acknowledged_SequenceNeverGivenOut_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Ledger().Acknowledged(0, 0, 0));

    [Fact]
    public void Settle_WithSendsInFlight_IsRefused()
    {
        var ledger = Ledger();
        ledger.Next(0);
        Assert.Throws<InvalidOperationException>(ledger.Settle);

        ledger.Failed(0, 0);
        ledger.Settle();

        Assert.True(ledger.Snapshot().Settled);
        Assert.Throws<InvalidOperationException>(() => ledger.Next(0));
    }

    [Fact]
    public void Outcomes_BeyondTheBound_BecomeIndeterminateAndSaySo()
    {
        var limits = new CheckerLimits { Runs = 8 };
        var ledger = new ProducerLedger(7, "p", "t", 1, Acks.All, Guarantee.AtLeastOnce, limits: limits);
        Send(ledger, 1000);
        for (long sequence = 0; sequence < 1000; sequence++)
        {
            if (sequence % 3 == 0)
                ledger.Failed(0, sequence);
            else
                ledger.Acknowledged(0, sequence, sequence);
        }

        var evidence = Partition(ledger);
        Assert.True(evidence.Overflowed);
        Assert.True(ledger.NeedsSuccessor);
        Assert.Equal(1000, evidence.Acknowledged.Count + evidence.Failed.Count + evidence.Indeterminate.Count);
        Assert.True(evidence.Acknowledged.Intersect(evidence.Failed).IsEmpty);
        Assert.All(evidence.Acknowledged.SelectMany(i => new[] { i.From, i.To - 1 }), sequence => Assert.NotEqual(0, sequence % 3));
        Assert.InRange(evidence.Acknowledged.Pieces, 1, 8);
    }

    [Fact]
    public void NeedsSuccessor_BeforeAnythingIsForgotten()
    {
        var ledger = new ProducerLedger(7, "p", "t", 1, Acks.All, Guarantee.Idempotent, limits: new CheckerLimits { Runs = 8 });
        while (!ledger.NeedsSuccessor)
        {
            ledger.Failed(0, ledger.Next(0));
            ledger.Acknowledged(0, ledger.Next(0), -1);
        }

        Assert.False(Partition(ledger).Overflowed);
    }

    [Fact]
    public void Acknowledged_AtAnOffsetBelowOneAcknowledgedBeforeTheSend_IsARealtimeInversion()
    {
        var ledger = Ledger();
        ledger.Acknowledged(0, ledger.Next(0), 10);
        var second = ledger.Next(0);
        var third = ledger.Next(0);
        ledger.Acknowledged(0, third, 12);
        ledger.Acknowledged(0, second, 11);
        Assert.Equal(0, Partition(ledger).RealtimeInversions);

        ledger.Acknowledged(0, ledger.Next(0), 12);

        var evidence = Partition(ledger);
        Assert.Equal(1, evidence.RealtimeInversions);
        Assert.Equal((3L, 12L), (evidence.Examples[0].Sequence, evidence.Examples[0].Offset));
    }

    [Fact]
    public void Acknowledged_OutOfOrderOfConcurrentSends_IsNoInversion()
    {
        var random = new Random(2);
        var ledger = Ledger();
        var inFlight = new List<long>();
        long offset = 0;
        for (var i = 0; i < 20_000; i++)
        {
            inFlight.Add(ledger.Next(0));
            if (inFlight.Count > 500)
            {
                // A batch lands as a whole, and its outcomes come in order.
                foreach (var sequence in inFlight[..random.Next(1, 100)])
                {
                    ledger.Acknowledged(0, sequence, offset++);
                    inFlight.Remove(sequence);
                }
            }
        }

        Assert.Equal(0, Partition(ledger).RealtimeInversions);
    }

    [Theory]
    [InlineData(TransactionOutcome.Committed)]
    [InlineData(TransactionOutcome.Aborted)]
    [InlineData(TransactionOutcome.Unknown)]
    public void EndTransaction_Outcome_DecidesAboutItsRecords(TransactionOutcome outcome)
    {
        var ledger = Transactional();
        var id = ledger.BeginTransaction(now: 5);
        Send(ledger, 4);
        ledger.Acknowledged(0, 0, 0);
        ledger.Acknowledged(0, 1, 1);
        ledger.Acknowledged(0, 2, 2);
        ledger.Failed(0, 3);
        Assert.True(Partition(ledger).Acknowledged.IsEmpty, "a record of an open transaction is not yet to be seen");

        ledger.EndingTransaction(now: 6);
        ledger.EndTransaction(outcome, now: 7);

        var evidence = Partition(ledger);
        var expected = Intervals.Of(0, 3);
        Assert.Equal(outcome == TransactionOutcome.Committed ? expected : Intervals.Empty, evidence.Acknowledged);
        Assert.Equal(outcome == TransactionOutcome.Aborted ? expected : Intervals.Empty, evidence.Aborted);
        Assert.Equal(outcome == TransactionOutcome.Unknown ? expected : Intervals.Empty, evidence.Indeterminate);
        Assert.Equal(Intervals.Of(3), evidence.Failed);
        var transaction = Assert.Single(ledger.Snapshot().Transactions);
        Assert.Equal((id, outcome, 5L, 6L, 7L), (transaction.Id, transaction.Outcome, transaction.BeganAt, transaction.EndingAt, transaction.EndedAt));
        Assert.Equal([new TransactionRange(0, 0, 4)], transaction.Ranges);
    }

    [Theory]
    [InlineData(TransactionOutcome.Committed, false)]
    [InlineData(TransactionOutcome.Aborted, true)]
    [InlineData(TransactionOutcome.Unknown, false)]
    public void EndTransaction_RecordOfUnknownOutcome_IsAbortedForCertainOnlyWithItsTransaction(TransactionOutcome outcome, bool aborted)
    {
        var ledger = Transactional();
        ledger.BeginTransaction(now: 1);
        Send(ledger, 1);
        ledger.Indeterminate(0, 0);
        ledger.EndTransaction(outcome, now: 2);
        ledger.Settle();

        Assert.Equal(aborted ? Intervals.Of(0) : Intervals.Empty, Partition(ledger).Aborted);
        Assert.Equal(aborted ? Intervals.Empty : Intervals.Of(0), Partition(ledger).Indeterminate);
    }

    [Fact]
    public void Acknowledged_AfterItsTransactionEndedAsUnknown_StaysIndeterminate()
    {
        var ledger = Transactional();
        ledger.BeginTransaction(1);
        Send(ledger, 2);
        ledger.EndTransaction(TransactionOutcome.Unknown, 2);

        ledger.Acknowledged(0, 0, 0);
        ledger.Failed(0, 1);
        ledger.Settle();

        Assert.Equal(Intervals.Of(0, 2), Partition(ledger).Indeterminate);
        Assert.True(Partition(ledger).Failed.IsEmpty);
    }

    [Fact]
    public void GiveUpOpenSends_InATransaction_EverySendHasOneOutcomeWhenItEnds()
    {
        var ledger = Transactional();
        ledger.BeginTransaction(1);
        Send(ledger, 4);
        ledger.Acknowledged(0, 0, 0);
        ledger.Failed(0, 1);
        ledger.GiveUpOpenSends();
        Assert.Equal(0, ledger.InFlight);
        Assert.Equal(2, ledger.IndeterminateCount);
        ledger.EndTransaction(TransactionOutcome.Unknown, 2);
        ledger.Settle();

        Assert.Equal(Intervals.Of(1), Partition(ledger).Failed);
        Assert.Equal(Intervals.Of(0).Union(Intervals.Of(2, 4)), Partition(ledger).Indeterminate);
        Assert.True(Partition(ledger).Acknowledged.IsEmpty);
    }

    [Fact]
    public void Transactions_BeyondTheBound_AreForgottenButTheirRecordsAreNot()
    {
        var ledger = new ProducerLedger(
            7, "p", "t", 1, Acks.All, Guarantee.ExactlyOnce, "tx", new CheckerLimits { Transactions = 3 });
        for (var i = 0; i < 10; i++)
        {
            ledger.BeginTransaction(i);
            ledger.Acknowledged(0, ledger.Next(0), i);
            ledger.EndTransaction(TransactionOutcome.Committed, i);
        }

        var evidence = ledger.Snapshot();
        Assert.Equal([8, 9, 10], evidence.Transactions.Select(transaction => transaction.Id));
        Assert.True(evidence.TransactionsForgotten);
        Assert.Equal(Intervals.Of(0, 10), evidence.Partitions[0].Acknowledged);
    }

    [Fact]
    public void Acknowledged_MillionsOfRecords_AllocatesNothing()
    {
        var ledger = Ledger();
        for (var i = 0; i < 100; i++)
            ledger.Acknowledged(0, ledger.Next(0), i);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 100; i < 1_000_000; i++)
            ledger.Acknowledged(0, ledger.Next(0), i);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ProducerLedger Ledger() => new(7, "p", "t", 2, Acks.All, Guarantee.Idempotent);

    private static ProducerLedger Transactional() => new(7, "p", "t", 1, Acks.All, Guarantee.ExactlyOnce, "tx");

    private static void Send(ProducerLedger ledger, int count)
    {
        for (var i = 0; i < count; i++)
            ledger.Next(0);
    }

    private static ProducerPartitionEvidence Partition(ProducerLedger ledger) => ledger.Snapshot().Partitions[0];
}
