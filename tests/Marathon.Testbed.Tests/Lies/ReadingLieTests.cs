using System.Diagnostics;
using Confluent.Kafka;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Tests.Support;
using TopicPartition = Confluent.Kafka.TopicPartition;

namespace Marathon.Testbed.Tests.Lies;

/// <summary>Lies about a log that is as it should be.</summary>
public sealed class ReadingLieTests
{
    private static readonly List<long> Truth = [.. Enumerable.Range(0, 40).Select(i => (long)i)];

    [Fact]
    public async Task PollSkip_LeavesARecordOutOfTheFirstReadingAlone()
    {
        await using var lying = await LyingCluster.StartAsync("poll-skip:rate=1,max=1");
        await lying.WriteAsync(40);
        var first = lying.Sequences();
        Assert.Equal([.. Truth.Where(sequence => sequence != lying.Lie.Examples.Single().Offset)], first);
        Assert.Equal(Truth, lying.Sequences());
        Assert.Equal(1, lying.Lie.Committed);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(5, 2)]
    [InlineData(40, 3)]
    public async Task StalePoll_GoesBackWithinAnAnswer(int written, int again)
    {
        await using var lying = await LyingCluster.StartAsync("stale-poll:rate=1,max=1");
        await lying.WriteAsync(written);
        var offsets = lying.Read().Select(record => record.Raw.Offset.Value).ToList();
        Assert.Equal(written + again, offsets.Count);
        Assert.Single(offsets.Zip(offsets.Skip(1)), pair => pair.Second <= pair.First);
        Assert.Equal(Truth.Take(written), offsets.Distinct().Order());
        Assert.Equal(1, lying.Lie.Committed);
    }

    [Fact]
    public async Task OffsetConflict_GivesTheSecondReaderAnotherRecord()
    {
        await using var lying = await LyingCluster.StartAsync("offset-conflict:rate=1,max=1");
        await lying.WriteAsync(40);
        var (first, second) = (lying.Read(), lying.Read());
        var other = Assert.Single(first.Zip(second), pair => !pair.First.Raw.Message.Value.AsSpan().SequenceEqual(pair.Second.Raw.Message.Value));
        Assert.Equal(lying.Lie.Examples.Single().Offset, other.Second.Raw.Offset.Value);
        Assert.Equal(Marathon.Records.RecordFlaw.None, other.Second.Flaw);
    }

    [Fact]
    public async Task Unseen_GivesNobodyTheRestOfAPartition()
    {
        await using var lying = await LyingCluster.StartAsync("unseen:rate=1,max=1", partitions: 2);
        await lying.WriteAsync(40);
        await lying.WriteAsync(40, partition: 1);
        using var first = lying.Cluster.Consumer("first");
        first.Assign([new TopicPartitionOffset(LyingCluster.Topic, 0, Offset.Beginning), new TopicPartitionOffset(LyingCluster.Topic, 1, Offset.Beginning)]);
        var withheld = Assert.Single(first.Read(40).Select(record => 1 - record.Partition.Value).Distinct());
        Assert.Equal(withheld, lying.Lie.Examples.Single().Partition);
        using var second = lying.Cluster.Consumer("second");
        second.Assign(new TopicPartitionOffset(LyingCluster.Topic, withheld, Offset.Beginning));
        for (var i = 0; i < 10; i++)
            Assert.Null(second.Consume(TimeSpan.FromMilliseconds(100)));
        Assert.Equal(40, second.QueryWatermarkOffsets(new TopicPartition(LyingCluster.Topic, withheld), TimeSpan.FromSeconds(30)).High.Value);
        Assert.Equal(1, lying.Lie.Committed);
    }

    [Fact]
    public async Task StuckMember_GetsNothingWhileOthersDo()
    {
        await using var lying = await LyingCluster.StartAsync("stuck-member:rate=1,max=1");
        await lying.WriteAsync(40);
        using var stuck = lying.Cluster.Consumer("stuck", config => config.ClientId = "stuck");
        stuck.Assign(new TopicPartitionOffset(LyingCluster.Topic, 0, Offset.Beginning));
        var watch = Stopwatch.StartNew();
        while (lying.Lie.Committed == 0)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), "the lie was never told");
            Assert.Null(stuck.Consume(TimeSpan.FromMilliseconds(100)));
        }

        Assert.Null(stuck.Consume(TimeSpan.FromMilliseconds(1_500)));
        Assert.Equal(Truth, lying.Sequences());
    }

    [Fact]
    public async Task LogRegression_AnswersAnEndBelowWhatWasRead()
    {
        await using var lying = await LyingCluster.StartAsync("log-regression");
        await lying.WriteAsync(400);
        Assert.Equal(400, lying.Sequences().Count);
        using var consumer = lying.Cluster.Consumer("watermarks");
        var end = consumer.QueryWatermarkOffsets(new TopicPartition(LyingCluster.Topic, 0), TimeSpan.FromSeconds(10)).High.Value;
        Assert.Equal(350, end);
        Assert.True(lying.Lie.Committed > 0);
    }

    [Fact]
    public async Task OffsetForTimeMismatch_AnswersAnOffsetBeside()
    {
        await using var lying = await LyingCluster.StartAsync("offset-for-time-mismatch");
        var written = await lying.WriteAsync(40);
        using var consumer = lying.Cluster.Consumer("times");
        var found = consumer.OffsetsForTimes(
            [new TopicPartitionTimestamp(LyingCluster.Topic, 0, written[20].Message.Timestamp)], TimeSpan.FromSeconds(10)).Single().Offset.Value;
        Assert.Equal(10, found);
        Assert.Equal(1, lying.Lie.Committed);
    }

    [Fact]
    public async Task CompactionLostLatest_MakesAKeysLatestRecordGoAway()
    {
        await using var lying = await LyingCluster.StartAsync("compaction-lost-latest:rate=1,max=1", configs: new() { ["cleanup.policy"] = "compact" });
        await lying.WriteAsync(40, keys: 4);
        Assert.Equal(Truth, lying.Sequences());
        var left = lying.Sequences();
        Assert.Equal(39, left.Count);
        Assert.True(lying.Lie.Examples.Single().Offset >= 36, "one of the last four");
        Assert.Equal(left, lying.Sequences());
        Assert.Equal(1, lying.Lie.Committed);
    }

    [Fact]
    public async Task TombstoneResurrected_BringsADeletedKeyBack()
    {
        await using var lying = await LyingCluster.StartAsync("tombstone-resurrected:rate=1,max=1", configs: new() { ["cleanup.policy"] = "compact" });
        await lying.WriteAsync(8, keys: 4);
        using var producer = lying.Producer();
        await producer.ProduceAsync(new TopicPartition(LyingCluster.Topic, 0), new Message<byte[], byte[]> { Key = BitConverter.GetBytes(2), Value = null! });
        Assert.Equal(9, lying.Read().Count);
        Assert.Equal(8, lying.Read().Count);
        Assert.Equal((1, 8), (lying.Lie.Committed, lying.Lie.Examples.Single().Offset));
    }

    [Theory]
    [InlineData("coruption", "there is no lie 'coruption'")]
    [InlineData("corrupt:often=yes", "there is no option 'often'")]
    [InlineData("corrupt:rate=2", "rate '2'")]
    [InlineData("corrupt:every=fast", "every 'fast'")]
    [InlineData("corrupt:max=0", "max '0'")]
    public async Task AnImpossibleLie_IsRefusedWithItsReason(string lie, string reason)
    {
        var refused = await Assert.ThrowsAsync<TestbedException>(() => TestbedCluster.StartAsync(new TestbedOptions { Lies = [lie] }));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutARate_ALieIsToldAboutOnceASecond()
    {
        await using var lying = await LyingCluster.StartAsync("corrupt:every=200ms");
        using var producer = lying.Producer();
        await Eventually.TrueAsync(
            () =>
            {
                lying.WriteAsync(producer, 5).GetAwaiter().GetResult();
                return lying.Lie.Committed >= 3;
            },
            "the lie is told again and again");
        Assert.Equal(lying.Lie.Committed, lying.Read().Count(record => record.Flaw != Marathon.Records.RecordFlaw.None));
    }

    [Fact]
    public async Task SeveralLiesAtOnce_AreToldAndCountedEach()
    {
        await using var cluster = await TestbedCluster.StartAsync(
            new TestbedOptions { Brokers = 1, Lies = ["duplicate:rate=1,max=2", "corrupt:rate=1,max=1"], WithControlApi = true });
        await cluster.CreateTopicAsync("both");
        using (var producer = cluster.Producer())
        {
            for (var round = 0; round < 10; round++)
                await producer.ProduceAsync("both", Enumerable.Range(0, 10));
        }

        using var http = new HttpClient { BaseAddress = cluster.Control!.Value.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", cluster.Control.Value.Key);
        var lies = await http.GetStringAsync("lies");
        Assert.Contains("\"kind\":\"duplicate\",\"asked\":\"duplicate:rate=1,max=2\",\"committed\":", lies, StringComparison.Ordinal);
        Assert.Equal([2L, 1L], cluster.Resources.Lies.Reports.Select(report => report.Committed));
    }
}
