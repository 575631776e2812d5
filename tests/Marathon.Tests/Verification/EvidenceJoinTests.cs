using Marathon.Verification;
using Marathon.Workers.Load;

namespace Marathon.Tests.Verification;

/// <summary>When exactly a kind is found, and when it is not.</summary>
public sealed class EvidenceJoinTests
{
    [Fact]
    public void Join_EverythingRead_FindsNothing()
    {
        var result = new SmallRun { EndOffset = 3 }.Sent(3).Read("a", 0, 0, 1, 2).Join();

        Assert.Equal(new RecordCounts(Sent: 3, Acked: 3, Received: 3), result.Records);
        Assert.Empty(result.Anomalies);
        Assert.Empty(result.Rereads);
        Assert.Empty(result.Gaps);
        Assert.Equal(Verdict.Pass, VerdictRules.Decide(result, [], []).Verdict);
    }

    [Fact]
    public void Join_WhileTheRunLasts_AsksForNothingAndFindsNothingMissing()
    {
        var result = new SmallRun { Drained = false }.Sent(3, settled: false).Read("a", 0, 0).Join();

        Assert.Equal(new RecordCounts(Sent: 3, Acked: 3, Received: 1, Unseen: 2), result.Records);
        Assert.Empty(result.Anomalies);
        Assert.Empty(result.Rereads);
    }

    [Fact]
    public void Join_HoleNotYetReadAgain_IsUnseenAndAsksForItsPlace()
    {
        var result = new SmallRun { EndOffset = 5 }.Sent(5).Read("a", 0, 0, 1, -1, 3, 4).Join();

        Assert.Equal((0, 1), (result.Records.Lost, result.Records.Unseen));
        Assert.Null(SmallRun.Find(result, AnomalyKind.LostAckedWrite));
        Assert.Equal(PolicyEffect.Counted, SmallRun.Find(result, AnomalyKind.Unseen)!.Effect);
        Assert.Equal((0, 1L, 4L), Place(result));
        Assert.Equal(Verdict.Indeterminate, VerdictRules.Decide(result, [], []).Verdict);
    }

    [Fact]
    public void Join_HoleReadAgainInVain_IsLost()
    {
        var result = new SmallRun { EndOffset = 5 }.Sent(5).Read("a", 0, 0, 1, -1, 3, 4).Reread(1, 1, -1, 3).Join();

        Assert.Equal((1, 0), (result.Records.Lost, result.Records.Unseen));
        Assert.Equal(1, SmallRun.Find(result, AnomalyKind.LostAckedWrite)!.Count);
        Assert.Equal(2, result.Records.Rereads);
        Assert.Empty(result.Rereads);
        Assert.Equal(Verdict.Violation, VerdictRules.Decide(result, [], []).Verdict);
    }

    [Fact]
    public void Join_HoleReadAgainBesideItsPlace_StaysUnseen()
    {
        var result = new SmallRun { EndOffset = 5 }.Sent(5).Read("a", 0, 0, 1, -1, 3, 4).Reread(0, 0, 1, -1).Join();

        Assert.Equal((0, 1), (result.Records.Lost, result.Records.Unseen));
        Assert.Equal((0, 3L, 4L), Place(result));
    }

    [Fact]
    public void Join_HoleFoundOnReadingAgain_IsReceivedAndAPollSkip()
    {
        var result = new SmallRun { EndOffset = 5 }.Sent(5).Read("a", 0, 0, 1, -1, 3, 4).Reread(1, 1, 2, 3).Join();

        Assert.Equal((5, 0, 0), (result.Records.Received, result.Records.Lost, result.Records.Unseen));
        Assert.Equal(1, SmallRun.Find(result, AnomalyKind.PollSkip)!.Count);
        Assert.Null(SmallRun.Find(result, AnomalyKind.Duplicate));
    }

    [Fact]
    public void Join_LogWasCutOffBelowAPosition_TheMissingAreLookedForInAllOfIt()
    {
        // The old leader alone had 3 to 7. The new one goes on from offset 3, and the consumer from its position, 6.
        var run = new SmallRun { EndOffset = 8, Acks = Acks.Leader, Guarantee = Guarantee.AtLeastOnce };
        var ledger = run.Ledger();
        foreach (var offset in (long[])[0, 1, 2, 3, 4, 5, 6, 7, 3, 4, 5, 6, 7])
            ledger.Acknowledged(0, ledger.Next(0), offset);
        run.Observed.Add(new AnomalyTally(AnomalyKind.LogRegression, 1, [new AnomalyExample { Topic = TestReader.Topic, Partition = 0, Offset = 6, Detail = "cut off" }]));
        run.With(ledger).Read("a", 0, 0, 1, 2, 3, 4, 5).Read("b", 6, 11, 12);

        var before = run.Join();
        var after = run.Reread(0, 0, 1, 2, 8, 9, 10, 11, 12).Join();

        Assert.Equal((0, 5), (before.Records.Lost, before.Records.Unseen));
        Assert.Equal((0, 0L, 8L), Place(before));
        Assert.Equal((2, 0), (after.Records.Lost, after.Records.Unseen));
        Assert.Equal(6, SmallRun.Find(after, AnomalyKind.LostAckedWrite)!.Examples[0].Sequence);
    }

    [Fact]
    public void Join_EndOfLogBelowAnAcknowledgedOffset_IsLostAndALogRegression()
    {
        var result = new SmallRun { EndOffset = 3 }.Sent(5).Read("a", 0, 0, 1, 2).Join();

        Assert.Equal(2, result.Records.Lost);
        Assert.Equal(AnomalyKind.LostAckedWrite, result.Anomalies[0].Kind);
        Assert.Null(result.Anomalies[0].CausedBy);
        Assert.Equal(AnomalyKind.LostAckedWrite, SmallRun.Find(result, AnomalyKind.LogRegression)!.CausedBy);
        Assert.Empty(result.Rereads);
    }

    [Fact]
    public void Join_TailNotRead_AsksForItAndThenKnows()
    {
        var run = new SmallRun { EndOffset = 5 }.Sent(5).Read("a", 0, 0, 1, 2);
        Assert.Equal((0, 3L, 5L), Place(run.Join()));

        var result = run.Reread(3, 3, 4).Join();

        Assert.Equal(5, result.Records.Received);
        Assert.Empty(result.Anomalies);
    }

    [Theory]
    [InlineData(3, 5, 3, PolicyEffect.Violation)]
    [InlineData(3, 5, 2, PolicyEffect.Counted)]
    [InlineData(4, 5, 3, PolicyEffect.Counted)]
    [InlineData(3, 4, 3, PolicyEffect.Counted)]
    public void Join_TailThatTheLeaderClaimsAndGivesNobody_IsUnseenByTheClustersFault(long from, long to, int readings, PolicyEffect effect)
    {
        var run = new SmallRun { EndOffset = 5 }.Sent(5).Read("a", 0, 0, 1, 2);
        run.Withheld.Add(new WithheldOffsets(0, from, to, readings, 20 * readings));

        var result = run.Join();

        Assert.Equal((0, 2), (result.Records.Lost, result.Records.Unseen));
        Assert.Equal((2, effect), (SmallRun.Find(result, AnomalyKind.Unseen)!.Count, SmallRun.Find(result, AnomalyKind.Unseen)!.Effect));
        Assert.Equal(effect == PolicyEffect.Violation ? Verdict.Violation : Verdict.Indeterminate, VerdictRules.Decide(result, [], []).Verdict);
    }

    [Fact]
    public void Join_PlaceReadAgainAsFarAsItIsGiven_OnlyTheRestNeedBeWithheld()
    {
        // Of another producer that writes to the same partition the last is at offset 2, so the place of the missing begins behind offset 1.
        var other = new SmallRun().Ledger(incarnation: 9);
        other.Acknowledged(0, other.Next(0), 2);
        var run = new SmallRun { EndOffset = 5 };
        var ledger = run.Ledger();
        foreach (var offset in (long[])[0, 1, 3, 4])
            ledger.Acknowledged(0, ledger.Next(0), offset);
        run.With(ledger).With(other).Read("a", 0, 0, 1, -1).Reread(2, -1);
        run.Withheld.Add(new WithheldOffsets(0, 3, 5, 3, 60));

        Assert.Equal(PolicyEffect.Violation, SmallRun.Find(run.Join(), AnomalyKind.Unseen)!.Effect);
    }

    [Fact]
    public void Join_NothingReadAndNoEndKnown_IsUnseen()
    {
        var result = new SmallRun().Sent(5).Join();

        Assert.Equal(5, result.Records.Unseen);
        Assert.Equal((0, 0L, 5L), Place(result));
    }

    [Fact]
    public void Join_ConsumerPastTheEndOfTheLog_IsALogRegression()
    {
        var result = new SmallRun { EndOffset = 3, Acks = Acks.Leader }.Sent(3).Read("a", 0, 0, 1, 2, -1).Join();

        Assert.Equal(1, SmallRun.Find(result, AnomalyKind.LogRegression)!.Count);
    }

    [Theory]
    [InlineData(true, AnomalyKind.Phantom)]
    [InlineData(false, null)]
    public void Join_SequenceBeyondTheLastSent_IsAPhantomOnlyOfASettledIncarnation(bool settled, AnomalyKind? expected)
    {
        var result = new SmallRun { EndOffset = 4 }.Sent(3, settled).Read("a", 0, 0, 1, 2, 3).Join();

        Assert.Equal(expected, result.Anomalies.Count == 0 ? null : Assert.Single(result.Anomalies).Kind);
        Assert.Equal(settled ? 3 : 4, result.Records.Sent);
        Assert.Equal(settled ? 0 : 1, result.Records.IndeterminateSeen);
    }

    [Theory]
    [InlineData(7L, 0)]
    [InlineData(null, 2)]
    public void Join_IncarnationWithoutEvidence_IsAPhantomUnlessItWasGivenOut(long? given, long phantoms)
    {
        var run = new SmallRun { EndOffset = 2 }.Read("a", 0, 0, 1);
        if (given is { } incarnation)
            run.Incarnations.Add(incarnation);

        var result = run.Join();

        Assert.Equal(phantoms, SmallRun.Find(result, AnomalyKind.Phantom)?.Count ?? 0);
        Assert.Equal(given is null ? 0 : 2, result.Records.IndeterminateSeen);
    }

    [Fact]
    public void Join_ALaterIncarnationOfALifesBlock_IsNoPhantom()
    {
        var run = new SmallRun { EndOffset = 1 };
        run.Incarnations.Add(5 * ProducerSpec.IncarnationsPerLife);
        var checker = new ConsumerChecker("a", TestRecord.Run, Isolation.ReadCommitted);
        checker.Read(checker.Assign(), 0, TestRecord.Of((5 * ProducerSpec.IncarnationsPerLife) + 3, 0, 0));

        Assert.Empty(run.With(checker).Join().Anomalies);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void Join_ALaterIncarnationOfALifeThatHasToldAll_IsAPhantom(bool final, long phantoms)
    {
        var run = new SmallRun { EndOffset = 2, Final = final }.Sent(1).Read("a", 0, 0);
        run.Incarnations.Add(0);
        var checker = new ConsumerChecker("b", TestRecord.Run, Isolation.ReadCommitted);
        checker.Read(checker.Assign(start: 1), 1, TestRecord.Of(8, 0, 0));

        Assert.Equal(phantoms, SmallRun.Find(run.With(checker).Join(), AnomalyKind.Phantom)?.Count ?? 0);
    }

    [Fact]
    public void Join_RecordsPassedOverWhereTheLogWentBack_AreItsConsequence()
    {
        var result = new SmallRun { EndOffset = 4 }.Sent(4).Read("a", 0, 0, -1, -1, 3, -1).Reread(0, 0, 1, 2, 3).Join();

        Assert.Null(SmallRun.Find(result, AnomalyKind.LogRegression)!.CausedBy);
        Assert.Equal(AnomalyKind.LogRegression, SmallRun.Find(result, AnomalyKind.PollSkip)!.CausedBy);
    }

    [Fact]
    public void Join_FailedSendThatIsThere_IsFound()
    {
        var run = new SmallRun { EndOffset = 2 };
        var ledger = run.Ledger();
        ledger.Acknowledged(0, ledger.Next(0), 0);
        ledger.Failed(0, ledger.Next(0));
        ledger.Settle();

        var result = run.With(ledger).Read("a", 0, 0, 1).Join();

        Assert.Equal(1, SmallRun.Find(result, AnomalyKind.FailedWriteVisible)!.Count);
        Assert.Equal(new RecordCounts(Sent: 2, Acked: 1, Failed: 1, Received: 1), result.Records);
    }

    [Fact]
    public void Join_IndeterminateSeenOnceOrNever_IsFine_AndTwiceIsADuplicate()
    {
        var run = new SmallRun { EndOffset = 3 };
        var ledger = run.Ledger();
        for (var i = 0; i < 3; i++)
            ledger.Indeterminate(0, ledger.Next(0));
        ledger.Settle();
        run.With(ledger).Read("a", 0, 0, 2);
        Assert.Empty(run.Join().Anomalies);
        Assert.Equal(2, run.Join().Records.IndeterminateSeen);

        var result = run.Read("b", 2, 2).Join();

        Assert.Equal(1, SmallRun.Find(result, AnomalyKind.Duplicate)!.Count);
    }

    [Theory]
    [InlineData(Guarantee.Idempotent, PolicyEffect.Violation)]
    [InlineData(Guarantee.ExactlyOnce, PolicyEffect.Violation)]
    [InlineData(Guarantee.AtLeastOnce, PolicyEffect.Counted)]
    public void Join_DuplicateAcrossTwoConsumers_IsCountedExactly(Guarantee guarantee, PolicyEffect effect)
    {
        var result = new SmallRun { EndOffset = 6, Guarantee = guarantee }.Sent(4).Read("a", 0, 0, 1, 2).Read("b", 3, 1, 2, 3).Join();

        var finding = SmallRun.Find(result, AnomalyKind.Duplicate)!;
        Assert.Equal((2, effect), (finding.Count, finding.Effect));
        Assert.Null(SmallRun.Find(result, AnomalyKind.Reorder));
        Assert.Equal(0, result.Records.Rereads);
    }

    [Fact]
    public void Join_OrderAcrossTwoConsumers_IsBridged()
    {
        var inOrder = new SmallRun { EndOffset = 5 }.Sent(5).Read("b", 3, 3, 4).Read("a", 0, 0, 1, 2).Join();
        Assert.Empty(inOrder.Anomalies);

        var result = new SmallRun { EndOffset = 5 }.Sent(5).Read("a", 0, 0, 1, 3).Read("b", 3, 2, 4).Join();

        Assert.Equal(1, SmallRun.Find(result, AnomalyKind.Reorder)!.Count);
        Assert.Equal(5, result.Records.Received);
    }

    [Fact]
    public void Join_SameOffsetsReadTwice_AreRereadsAndNoDuplicates()
    {
        var result = new SmallRun { EndOffset = 4 }.Sent(4).Read("a", 0, 0, 1, 2, 3).Read("b", 1, 1, 2, 3).Read("c", 0, 0, 1, 2, 3).Join();

        Assert.Empty(result.Anomalies);
        Assert.Equal((4, 7), (result.Records.Received, result.Records.Rereads));
    }

    [Fact]
    public void Join_TwoConsumersWithDifferentRecordsAtOneOffset_IsAConflict()
    {
        var result = new SmallRun { EndOffset = 3 }.Sent(4).Read("a", 0, 0, 1, 2).Read("b", 0, 0, 1, 3).Join();

        Assert.Equal(1, SmallRun.Find(result, AnomalyKind.OffsetConflict)!.Count);
    }

    [Fact]
    public void Join_TwoConsumersWithTheSameRecordsAtOtherOffsets_IsAConflict()
    {
        var result = new SmallRun { EndOffset = 3 }.Sent(3).Read("a", 0, 0, 1, 2).Read("b", 0, 0, 2, 1).Join();

        Assert.Equal(1, SmallRun.Find(result, AnomalyKind.OffsetConflict)!.Count);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, AnomalyKind.OffsetConflict)]
    public void Join_SecondReading_MustShowTheSameRecords(bool changed, AnomalyKind? expected)
    {
        var run = new SmallRun { EndOffset = 3 }.Sent(3).Read("a", 0, 0, 1, 2);
        var asked = Assert.Single(EvidenceJoin.Join(run.Checkpoints(), run.Facts() with { SecondReading = true }).Rereads);
        Assert.Equal((0, 3), (asked.From, asked.To));
        var checker = new ConsumerChecker("r", TestRecord.Run, Isolation.ReadCommitted, rereader: true);
        var handle = checker.Assign();
        for (var i = 0; i < 3; i++)
            checker.Read(handle, i, TestRecord.Of(7, 0, i, sentAt: changed && i == 1 ? 1_000_000_001 : 1_000_000_000));
        run.With(checker);

        var result = EvidenceJoin.Join(run.Checkpoints(), run.Facts() with { SecondReading = true });

        Assert.Equal(expected, result.Anomalies.SingleOrDefault()?.Kind);
        Assert.Empty(result.Rereads);
    }

    [Theory]
    [InlineData(0, -1)]
    [InlineData(-1, 0)]
    public void Join_AbortedRecordThatOneReadingShows_IsNoRegressionAndNoSkip(long first, long second)
    {
        var run = new SmallRun { Guarantee = Guarantee.ExactlyOnce, EndOffset = 1 };
        var ledger = run.Ledger(transactional: true);
        ledger.BeginTransaction(1);
        ledger.Acknowledged(0, ledger.Next(0), 0);
        ledger.EndTransaction(TransactionOutcome.Aborted, 2);
        ledger.Settle();

        var result = run.With(ledger).Read("a", 0, first).Reread(0, second).Join();

        Assert.Equal(AnomalyKind.AbortedRead, Assert.Single(result.Anomalies).Kind);
    }

    [Fact]
    public void Join_AConsumerThatMissesWhatAnotherGot_IsAPollSkip()
    {
        var result = new SmallRun { EndOffset = 3 }.Sent(3).Read("a", 0, 0, 1, 2).Read("b", 0, 0, -1, 2).Join();

        Assert.Equal(1, SmallRun.Find(result, AnomalyKind.PollSkip)!.Count);
        Assert.Null(SmallRun.Find(result, AnomalyKind.OffsetConflict));
    }

    [Fact]
    public void Join_ReadRecordGoneOnReadingAgain_IsALogRegression()
    {
        var result = new SmallRun { EndOffset = 3 }.Sent(3).Read("a", 0, 0, 1, 2).Reread(0, 0, -1, 2).Join();

        Assert.Equal(1, SmallRun.Find(result, AnomalyKind.LogRegression)!.Count);
        Assert.Equal(3, result.Records.Received);
    }

    [Fact]
    public void Join_ReadingsThatOverlapWithoutACommonEnd_AreBridgedWhereInOrder()
    {
        var result = new SmallRun { EndOffset = 6 }.Sent(6).Read("a", 0, 0, 1, 2, 3).Read("b", 2, 2, 3, 4, 5).Join();

        Assert.Empty(result.Gaps);
        Assert.Empty(result.Anomalies);
        Assert.Equal(6, result.Records.Received);
    }

    [Fact]
    public void Join_ReadingsThatOverlapOutOfOrder_AskForAnotherAndThenKnow()
    {
        var run = new SmallRun { EndOffset = 6 }.Sent(5).Read("a", 0, 0, 1, 3, 2).Read("b", 2, 3, 2, 4, 1);
        var before = run.Join();
        Assert.Equal((0, 4L, 6L), Place(before));
        Assert.Equal(Verdict.Indeterminate, VerdictRules.Decide(before with { Anomalies = [] }, [], []).Verdict);

        var result = run.Reread(4, 4, 1).Join();

        Assert.Empty(result.Gaps);
        Assert.Equal(1, SmallRun.Find(result, AnomalyKind.Duplicate)!.Count);
        Assert.Equal(1, SmallRun.Find(result, AnomalyKind.Reorder)!.Count);
    }

    [Fact]
    public void Join_CorruptBeyondRecognition_IsCorruptAndNotLost()
    {
        var run = new SmallRun { EndOffset = 3 }.Sent(3);
        var checker = new ConsumerChecker("a", TestRecord.Run, Isolation.ReadCommitted);
        var handle = checker.Assign();
        checker.ReadSequences(handle, 0, 0);
        checker.Read(handle, 1, TestRecord.Of(7, 0, 1).WithByte(0, 1));
        checker.ReadSequences(handle, 2, 2);

        var result = run.With(checker).Join();

        Assert.Equal(AnomalyKind.Corrupt, Assert.Single(result.Anomalies).Kind);
        Assert.Equal(3, result.Records.Received);
    }

    [Fact]
    public void Join_WhatOthersWriteToASharedTopic_IsTheirs()
    {
        foreach (var exclusive in new[] { true, false })
        {
            var run = new SmallRun { EndOffset = 4, Exclusive = exclusive }.Sent(1);
            var checker = new ConsumerChecker("a", TestRecord.Run, Isolation.ReadCommitted);
            var handle = checker.Assign();
            checker.ReadSequences(handle, 0, 0);
            checker.Read(handle, 1, TestRecord.Of(7, 0, 1, run: "run-2"));
            checker.Read(handle, 2, new TestRecord([1, 2, 3], [], -1));
            checker.Read(handle, 3, TestRecord.Of(9, 0, 0));

            Assert.Equal(exclusive ? 2 : 0, run.With(checker).Join().Anomalies.Count);
        }
    }

    [Fact]
    public void Join_WrongPartition_IsNotLostToo()
    {
        var run = new SmallRun { EndOffset = 2 };
        var ledger = new ProducerLedger(7, "p7", TestReader.Topic, 2, Acks.All, Guarantee.Idempotent);
        ledger.Acknowledged(0, ledger.Next(0), 0);
        ledger.Acknowledged(1, ledger.Next(1), 0);
        ledger.Settle();
        var checker = new ConsumerChecker("a", TestRecord.Run, Isolation.ReadCommitted);
        var handle = checker.Assign();
        checker.Read(handle, 0, TestRecord.Of(7, 0, 0));
        checker.Read(handle, 1, TestRecord.Of(7, 1, 0));

        var result = run.With(ledger).With(checker).Join();

        Assert.Equal(AnomalyKind.WrongPartition, Assert.Single(result.Anomalies).Kind);
        Assert.Equal(2, result.Records.Received);
    }

    [Fact]
    public void Join_RealtimeInversion_IsReported()
    {
        var run = new SmallRun { EndOffset = 6 };
        var ledger = run.Ledger();
        ledger.Acknowledged(0, ledger.Next(0), 5);
        ledger.Acknowledged(0, ledger.Next(0), 4);
        ledger.Settle();

        var finding = SmallRun.Find(run.With(ledger).Read("a", 4, 1, 0).Join(), AnomalyKind.RealtimeOrder)!;

        Assert.Equal((1, PolicyEffect.Violation), (finding.Count, finding.Effect));
    }

    [Fact]
    public void Join_ReorderThatARealtimeInversionExplains_IsCausedByIt()
    {
        var run = new SmallRun { EndOffset = 6 };
        var ledger = run.Ledger();
        ledger.Acknowledged(0, ledger.Next(0), 5);
        ledger.Acknowledged(0, ledger.Next(0), 4);
        ledger.Settle();

        var result = run.With(ledger).Read("a", 4, 1, 0).Join();

        Assert.Equal([AnomalyKind.RealtimeOrder, AnomalyKind.Reorder], result.Anomalies.Select(finding => finding.Kind));
        Assert.Equal(AnomalyKind.RealtimeOrder, result.Anomalies[1].CausedBy);
    }

    [Fact]
    public void Join_MissingWhereRecordsMayBeRemoved_IsNeverLost()
    {
        var result = new SmallRun { EndOffset = 5, Removes = true }.Sent(5).Read("a", 0, 0, 1, -1, 3, 4).Reread(1, 1, -1, 3).Join();

        Assert.Equal((0, 1), (result.Records.Lost, result.Records.Unseen));
        Assert.Empty(result.Rereads);
    }

    [Fact]
    public void Join_TwoLivesOfOneIncarnation_IsAGap()
    {
        var run = new SmallRun { EndOffset = 0 };
        var result = run.With(run.Ledger()).With(run.Ledger()).Join();

        Assert.Contains("two lives", Assert.Single(result.Gaps).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Join_MoreHolesThanCouldBeKept_SaysSoAndKeepsItsSums()
    {
        var run = new SmallRun { EndOffset = 100 }.Sent(100);
        var checker = new ConsumerChecker("a", TestRecord.Run, Isolation.ReadCommitted, limits: new CheckerLimits { Runs = 4 });
        var handle = checker.Assign();
        for (var i = 0; i < 100; i += 5)
            checker.Read(handle, i, TestRecord.Of(7, 0, i));
        checker.Passed(handle, 100);

        var result = run.With(checker).Join();

        Assert.NotEmpty(result.Gaps);
        Assert.Equal((100, 20, 80), (result.Records.Acked, result.Records.Received, result.Records.Unseen + result.Records.Lost));
    }

    [Fact]
    public void Join_WhatOthersObserved_ComesUnderThePolicyToo()
    {
        var run = new SmallRun { EndOffset = 0 };
        run.Observed.Add(new AnomalyTally(AnomalyKind.StuckLso, 2, []));

        var finding = Assert.Single(run.Join().Anomalies);

        Assert.Equal((AnomalyKind.StuckLso, 2, PolicyEffect.Violation), (finding.Kind, finding.Count, finding.Effect));
    }

    private static (int, long, long) Place(VerificationResult result)
    {
        var request = Assert.Single(result.Rereads);
        return (request.Partition, request.From, request.To);
    }
}
