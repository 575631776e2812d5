using Marathon.Records;
using Marathon.Verification;
using Marathon.Workers.Load;

namespace Marathon.Tests.Verification;

/// <summary>What the ends of a partition, compaction, retention and transfers give away.</summary>
public sealed class TopicJoinTests
{
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData(0, "0:10/5 24:12/5")]
    [InlineData(1, "0:10/5 26:12/5")]
    [InlineData(0, "0:10/5 12:12/6 26:12/6")]
    [InlineData(0, "0:10/5 12:10/10 26:12/5")]
    [InlineData(0, "0:10/10 40:10/10")]
    public void Join_StableEndThatStays_IsStuckOnceNoTransactionCanLastSoLong(long stuck, string samples)
    {
        var facts = Facts(topic => topic with { Samples = new Dictionary<int, IReadOnlyList<OffsetSample>> { [0] = [.. samples.Split(' ').Select(Sample)] } });

        Assert.Equal(stuck, SmallRun.Find(EvidenceJoin.Join([], facts), AnomalyKind.StuckLso)?.Count ?? 0);
    }

    [Theory]
    [InlineData(3600, 60, 4)]
    [InlineData(60, 3600, 0)]
    [InlineData(null, 60, 0)]
    public void Join_LogThatBeginsLater_LostRecordsTooEarlyOnlyWithinTheirRetention(int? retention, int age, long early)
    {
        var facts = Facts(topic => topic with
        {
            Retention = retention is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            MadeAt = Second,
            AskedAt = Second + (age * Second),
            FirstOffsets = new Dictionary<int, long> { [0] = 3 },
            StartOffsets = new Dictionary<int, long> { [0] = 7 },
        });

        Assert.Equal(early, SmallRun.Find(EvidenceJoin.Join([], facts), AnomalyKind.EarlyRetention)?.Count ?? 0);
    }

    // Keys by offset; a minus is a tombstone of the key.
    [Theory]
    [InlineData("1 2 1 2", "_ _ 1 2", null)]
    [InlineData("1 2 1 2", "1 2 1 _", AnomalyKind.CompactionLostLatest)]
    [InlineData("1 2 1 2", "_ _ _ 2", AnomalyKind.CompactionLostLatest)]
    [InlineData("1 2 -1 2", "_ _ _ 2", null)]
    [InlineData("1 2 -1 2", "_ _ -1 2", null)]
    [InlineData("1 2 -1 2", "1 _ _ 2", AnomalyKind.TombstoneResurrected)]
    [InlineData("1 -1 1", "_ _ 1", null)]
    [InlineData("1 -1 1", "_ -1 _", AnomalyKind.CompactionLostLatest)]
    public void Join_CompactedLogReadAgain_HasTheLatestOfEachKey(string log, string left, AnomalyKind? expected)
    {
        var end = log.Split(' ').Length;
        var facts = Facts(topic => topic with { Compacted = true, Removes = true, EndOffsets = new Dictionary<int, long> { [0] = end } });
        var asked = EvidenceJoin.Join([Evidence("a", Compacted(log, rereader: false))], facts);
        Assert.Equal((0, end), (asked.Rereads.Single().From, asked.Rereads.Single().To));

        var result = EvidenceJoin.Join([Evidence("a", Compacted(log, rereader: false)), Evidence("b", Compacted(left, rereader: true))], facts);

        AnomalyKind[] kinds = [AnomalyKind.CompactionLostLatest, AnomalyKind.TombstoneResurrected];
        Assert.Equal(expected, result.Anomalies.Select(found => (AnomalyKind?)found.Kind).FirstOrDefault(kind => kinds.Contains(kind!.Value)));
        Assert.Empty(result.Rereads);
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, -1)]
    [InlineData(1, 0, 1, 1)]
    public void Join_HalvesOfTransfers_AddUpToNothing(long broken, params int[] halves)
    {
        var checker = new ConsumerChecker("c", TestRecord.Run, Isolation.ReadCommitted);
        var handle = checker.Assign();
        for (var i = 0; i < halves.Length; i++)
        {
            if (halves[i] >= 0)
                checker.Read(handle, i, TestRecord.Of(7, 0, i, keyId: halves[i], keySequence: i, transfer: new Transfer(0, 1, 50)));
            if (i == 0)
                checker.Cut(handle);
        }

        var result = new SmallRun { Guarantee = Guarantee.ExactlyOnce }.Sent(0).With(checker).Join();

        Assert.Equal(broken, SmallRun.Find(result, AnomalyKind.ConservationBroken)?.Count ?? 0);
    }

    [Theory]
    [InlineData(20, 2, "0:10 1:15 2:20", null)]
    [InlineData(20, 2, "0:10 1:25 2:20", "offset 1")]
    [InlineData(20, 1, "0:10 1:15", "offset 1")]
    [InlineData(20, -1, "0:10 1:25", "offset 1")]
    [InlineData(20, -1, "0:10 1:15", null)]
    [InlineData(20, 3, "0:10 4:15", null)]
    public void Disagreement_Answer_MustBeTheFirstNotOlder(long asked, long answer, string log, string? expected)
    {
        var read = log.Split(' ').Select(each => each.Split(':')).Select(each => (long.Parse(each[0]), long.Parse(each[1]))).ToArray();

        var found = OffsetForTime.Disagreement(asked, answer, read);

        Assert.Equal(expected is null, found is null);
        Assert.Contains(expected ?? "", found ?? "", StringComparison.Ordinal);
    }

    private static RunFacts Facts(Func<TopicFacts, TopicFacts> change)
    {
        var facts = new SmallRun { Guarantee = Guarantee.ExactlyOnce }.Facts();
        return facts with { Topics = [change(facts.Topics[0])] };
    }

    private static OffsetSample Sample(string text)
    {
        var parts = text.Split(':', '/').Select(long.Parse).ToArray();
        return new OffsetSample(parts[0] * Second, parts[1], parts[2]);
    }

    private static ConsumerChecker Compacted(string log, bool rereader)
    {
        var checker = new ConsumerChecker("c", TestRecord.Run, Isolation.ReadCommitted, rereader: rereader, compacted: true);
        var handle = checker.Assign();
        var offset = 0;
        foreach (var key in log.Split(' '))
        {
            if (key.StartsWith('-'))
                checker.Received(handle, new ConsumedRecord { Offset = offset, Key = RecordKey.Of(int.Parse(key[1..])), Value = default, ReceivedAt = 1 });
            else if (key != "_")
                checker.Read(handle, offset, TestRecord.Of(7, 0, offset, keyId: int.Parse(key), keySequence: offset));
            checker.Passed(handle, ++offset);
        }

        checker.Revoked(handle, 1);
        return checker;
    }

    private static WorkerEvidence Evidence(string worker, ConsumerChecker checker) => new()
    {
        Run = TestRecord.Run, Worker = worker, Epoch = 1, Number = 1, At = DateTimeOffset.UnixEpoch, Consumers = [checker.Snapshot()],
    };
}
