using Marathon.Latency;
using Marathon.Records;
using Marathon.Verification;

namespace Marathon.Tests.Verification;

public sealed class ConsumerCheckerTests
{
    private readonly ConsumerChecker _checker = new("c", TestRecord.Run, Isolation.ReadCommitted);

    [Fact]
    public void Received_InOrder_IsOneRunAndNoAnomaly()
    {
        var handle = _checker.Assign();
        _checker.ReadSequences(handle, 0, 0, 1, 2, 3);

        Assert.Equal([new SequenceRun(0, 3, 0, 3)], _checker.OnlyStream().Runs);
        Assert.All(AnomalyCatalog.All, definition => Assert.Equal(0, _checker.Anomalies(definition.Kind)));
    }

    [Fact]
    public void Received_AfterAHole_KeepsWhereTheHoleIs()
    {
        var handle = _checker.Assign();
        _checker.ReadSequences(handle, 10, 0, 1);
        _checker.ReadSequences(handle, 20, 5, 6);

        Assert.Equal([new SequenceRun(0, 1, 10, 11), new SequenceRun(5, 6, 20, 21)], _checker.OnlyStream().Runs);
    }

    [Fact]
    public void Received_LateRecord_ClosesItsHoleAndIsOutOfOrder()
    {
        var handle = _checker.Assign();
        _checker.ReadSequences(handle, 0, 0, 2, 1, 3);

        Assert.Equal([new SequenceRun(0, 3, 0, 3)], _checker.OnlyStream().Runs);
        Assert.Equal(Intervals.Of(1), _checker.OnlyStream().Late);
        Assert.Equal(1, _checker.Anomalies(AnomalyKind.Reorder));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Received_SameSequenceAtAnotherOffset_IsADuplicateAcrossSegmentsToo(bool cut)
    {
        var handle = _checker.Assign();
        _checker.ReadSequences(handle, 0, 0, 1, 2);
        if (cut)
            _checker.Cut(handle);
        _checker.ReadSequences(handle, 3, 1, 3);

        Assert.Equal(1, _checker.Anomalies(AnomalyKind.Duplicate));
        Assert.Equal(0, _checker.Anomalies(AnomalyKind.Reorder));
    }

    [Fact]
    public void Received_SameOffsetsAfterAReassignment_AreRereadsAndNoDuplicates()
    {
        var handle = _checker.Assign();
        _checker.ReadSequences(handle, 0, 0, 1, 2);
        _checker.Revoked(handle, 1);
        Assert.Equal(handle, _checker.Assign(start: 1));
        _checker.ReadSequences(handle, 1, 1, 2, 3);

        Assert.Equal(2, _checker.Rereads);
        Assert.Equal(0, _checker.Anomalies(AnomalyKind.Duplicate));
        Assert.Equal(0, _checker.Anomalies(AnomalyKind.StalePoll));
        Assert.Equal([(0L, 3L), (1L, 4L)], Segments().Select(segment => (segment.First, segment.Next)));
    }

    [Fact]
    public void Received_PositionBackWithoutASeek_IsAStalePoll_AndWithOneIsNot()
    {
        var handle = _checker.Assign();
        _checker.ReadSequences(handle, 0, 0, 1, 2);
        _checker.Seek(handle, 1);
        _checker.ReadSequences(handle, 1, 1, 2);
        Assert.Equal(0, _checker.Anomalies(AnomalyKind.StalePoll));

        _checker.ReadSequences(handle, 1, 1, 2);

        Assert.Equal(1, _checker.Anomalies(AnomalyKind.StalePoll));
        Assert.Equal(AnomalyKind.StalePoll, Assert.Single(_checker.Snapshot().Partitions[0].Anomalies).Kind);
    }

    [Fact]
    public void Received_ChangedByte_IsCorruptAndStillCountsAsThatRecord()
    {
        var handle = _checker.Assign();
        _checker.Read(handle, 0, TestRecord.Of(7, 0, 0));
        _checker.Read(handle, 1, TestRecord.Of(7, 0, 1).WithByte(90, 1));

        Assert.Equal(1, _checker.Anomalies(AnomalyKind.Corrupt));
        Assert.Equal(2, _checker.OnlyStream().Count);
        var example = Segments()[0].Anomalies.Single().Examples.Single();
        Assert.Equal((1L, 1L, 7L, "c"), (example.Offset, example.Sequence, example.Incarnation, example.SeenBy));
    }

    [Fact]
    public void Received_Anomaly_TellsWhatWasAroundItAndASnapshotOfThatStays()
    {
        var checker = new ConsumerChecker("c", TestRecord.Run, Isolation.ReadCommitted);
        var handle = checker.Assign();
        checker.ReadSequences(handle, 0, 0, 1, 2, 3, 4, 5, 6, 8, 7);
        var early = Around(checker);
        checker.ReadSequences(handle, 9, 9, 10, 11, 12, 13, 14, 15);

        Assert.Equal([3, 4, 5, 6, 7, 8], early);
        Assert.Equal([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], Around(checker));
    }

    private static long[] Around(ConsumerChecker checker) =>
    [
        .. checker.Snapshot().Partitions[0].Segments[0].Anomalies.Single(tally => tally.Kind == AnomalyKind.Reorder).Examples[0].Around!
            .Select(line => long.Parse(line["offset ".Length..line.IndexOf(':', StringComparison.Ordinal)])),
    ];

    [Fact]
    public void Received_TooCorruptToTell_KeepsItsOffset()
    {
        var handle = _checker.Assign();
        _checker.Read(handle, 5, TestRecord.Of(7, 0, 0).WithByte(0, 1));
        _checker.Read(handle, 6, TestRecord.Of(7, 0, 1).WithByte(33, 1));

        Assert.Equal(2, _checker.Anomalies(AnomalyKind.Corrupt));
        Assert.Equal(Intervals.Of(5, 7), Segments()[0].CorruptOffsets);
        Assert.Equal(1, Segments()[0].Unreadable);
    }

    [Fact]
    public void Received_OfAnotherPartition_IsAWrongPartitionAndAStreamOfItsHome()
    {
        var handle = _checker.Assign();
        _checker.Read(handle, 0, TestRecord.Of(7, 3, 0));

        Assert.Equal(1, _checker.Anomalies(AnomalyKind.WrongPartition));
        Assert.Equal(3, _checker.OnlyStream().Partition);
    }

    [Fact]
    public void Received_OfAnotherRun_IsAPhantom()
    {
        var handle = _checker.Assign();
        _checker.Read(handle, 0, TestRecord.Of(7, 0, 0, run: "run-2"));

        Assert.Equal(1, _checker.Anomalies(AnomalyKind.Phantom));
        Assert.Empty(Segments()[0].Streams);
    }

    [Theory]
    [InlineData(RecordFlags.CreateTimeSet, 1)]
    [InlineData(RecordFlags.None, 0)]
    public void Received_WithAnotherCreateTime_IsAlteredIfTheProducerHadSetIt(RecordFlags flags, long expected)
    {
        var handle = _checker.Assign();
        _checker.Read(handle, 0, TestRecord.Of(7, 0, 0, flags: flags));
        _checker.Read(handle, 1, TestRecord.Of(7, 0, 1, flags: flags) with { CreateTime = 999 });
        _checker.Read(handle, 2, TestRecord.Of(7, 0, 2, flags: flags) with { CreateTime = -1 });

        Assert.Equal(expected, _checker.Anomalies(AnomalyKind.TimestampAltered));
    }

    [Fact]
    public void Received_KeyOutOfOrder_IsSeenWhereTheStreamIsOutOfOrder()
    {
        var handle = _checker.Assign();
        _checker.Read(handle, 0, TestRecord.Of(7, 0, 0, keyId: 5, keySequence: 0));
        _checker.Read(handle, 1, TestRecord.Of(7, 0, 2, keyId: 5, keySequence: 2));
        _checker.Read(handle, 2, TestRecord.Of(7, 0, 1, keyId: 5, keySequence: 1));
        _checker.Read(handle, 3, TestRecord.Of(7, 0, 4, keyId: 6, keySequence: 1));
        _checker.Read(handle, 4, TestRecord.Of(7, 0, 3, keyId: 5, keySequence: 3));

        Assert.Equal(1, _checker.Anomalies(AnomalyKind.KeyReorder));
        Assert.Equal(2, _checker.Anomalies(AnomalyKind.Reorder));
    }

    [Fact]
    public void Received_KeysBeyondTheBound_InventsNothing()
    {
        var checker = new ConsumerChecker("c", TestRecord.Run, Isolation.ReadCommitted, limits: new CheckerLimits { Keys = 50 });
        var handle = checker.Assign();
        for (var i = 0; i < 5_000; i++)
            checker.Read(handle, i, TestRecord.Of(7, 0, i, keyId: i % 1000, keySequence: i / 1000));

        Assert.Equal(0, checker.Anomalies(AnomalyKind.KeyReorder));
    }

    [Fact]
    public void Received_BeforeTheTransactionsLastSend_WasReadWhileOpen()
    {
        _checker.ClockErrorBound = 100;
        var handle = _checker.Assign();
        _checker.Read(handle, 0, TestRecord.Of(7, 0, 0, transaction: 1, sentAt: 1000), now: 1500);
        _checker.Read(handle, 1, TestRecord.Of(7, 0, 1, transaction: 1, sentAt: 1600), now: 1700);
        Assert.False(Assert.Single(_checker.Snapshot().Transactions).WasOpen);

        _checker.Read(handle, 2, TestRecord.Of(7, 0, 2, transaction: 1, sentAt: 1601), now: 1700);

        Assert.True(Assert.Single(_checker.Snapshot().Transactions).WasOpen);
        Assert.Equal(1, _checker.Anomalies(AnomalyKind.UncommittedRead));
    }

    [Fact]
    public void Received_AmongRecordsOfALaterTransaction_IsAMixup()
    {
        var handle = _checker.Assign();
        _checker.Read(handle, 0, TestRecord.Of(7, 0, 0, transaction: 1));
        _checker.Read(handle, 1, TestRecord.Of(7, 0, 2, transaction: 2));
        _checker.Read(handle, 2, TestRecord.Of(7, 0, 0, transaction: 1));
        Assert.Equal(0, _checker.Anomalies(AnomalyKind.TransactionMixup));

        _checker.Read(handle, 3, TestRecord.Of(7, 0, 1, transaction: 1));

        Assert.Equal(1, _checker.Anomalies(AnomalyKind.TransactionMixup));
    }

    [Fact]
    public void Received_FirstReading_RecordsLatencyFromTheIntendedTime()
    {
        var latency = new LatencyHistogram();
        var checker = new ConsumerChecker("c", TestRecord.Run, Isolation.ReadCommitted, latency: latency);
        var handle = checker.Assign();
        checker.Read(handle, 0, TestRecord.Of(7, 0, 0, sentAt: 1_000_000), now: 4_000_000);
        checker.Revoked(handle, 1);
        checker.Assign();
        checker.Read(handle, 0, TestRecord.Of(7, 0, 0, sentAt: 1_000_000), now: 9_000_000);
        checker.Read(handle, 1, TestRecord.Of(7, 0, 1, sentAt: 9_000_000), now: 8_000_000);

        Assert.Equal((2, 1, 3000), (latency.Count, latency.Negative, latency.Max));
    }

    [Fact]
    public void Segments_EndAtCutsAndAtAlignedOffsets_AndJoinBelowACommit()
    {
        var checker = new ConsumerChecker("c", TestRecord.Run, Isolation.ReadCommitted, limits: new CheckerLimits { SegmentOffsets = 10 });
        var handle = checker.Assign(start: 3);
        for (var i = 3; i < 25; i++)
            checker.Read(handle, i, TestRecord.Of(7, 0, i));
        Assert.Equal(25, checker.Cut(handle));
        checker.Read(handle, 48, TestRecord.Of(7, 0, 48));
        Assert.Equal([3L, 10, 20, 25, 30], Firsts(checker));

        checker.Committed(handle, 25);

        Assert.Equal([3L, 25, 30], Firsts(checker));
        Assert.Equal(49, checker.NextOffset(handle));
        Assert.Equal(49, checker.NextOffset("t", 0));
        Assert.Equal(-1, checker.NextOffset("t", 1));
    }

    [Fact]
    public void Passed_BeyondTheLastRecord_MovesThePosition()
    {
        var handle = _checker.Assign();
        _checker.ReadSequences(handle, 0, 0);
        _checker.Passed(handle, 100_000);

        Assert.Equal(100_000, _checker.NextOffset(handle));
        Assert.Equal((0L, 100_000L), (Segments()[0].First, Segments()[^1].Next));
        Assert.Equal(Segments()[0].Next, Segments()[1].First);
    }

    [Fact]
    public void Restore_EarlierState_JudgesWhatComesAndIsNotReportedAgain()
    {
        var before = new ConsumerChecker("c", TestRecord.Run, Isolation.ReadCommitted);
        before.ReadSequences(before.Assign(), 0, 0, 1, 2);
        _checker.Restore(before.Snapshot().Partitions[0]);
        Assert.Equal(3, _checker.NextOffset("t", 0));

        var handle = _checker.Assign(start: 3);
        _checker.ReadSequences(handle, 3, 2, 3);

        Assert.Equal(1, _checker.Anomalies(AnomalyKind.Duplicate));
        Assert.Equal([(3L, 5L)], Segments().Select(segment => (segment.First, segment.Next)));
    }

    [Fact]
    public void Received_HealthyStream_AllocatesNothingButSegments()
    {
        var records = Enumerable.Range(0, 60_000).Select(i => TestRecord.Of(7, 0, i)).ToArray();
        var handle = _checker.Assign();
        for (var i = 0; i < 1000; i++)
            _checker.Read(handle, i, records[i]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 1000; i < records.Length; i++)
            _checker.Read(handle, i, records[i]);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private IReadOnlyList<SegmentEvidence> Segments() => _checker.Snapshot().Partitions[0].Segments;

    private static IEnumerable<long> Firsts(ConsumerChecker checker) => checker.Snapshot().Partitions[0].Segments.Select(segment => segment.First);
}
