using Confluent.Kafka;
using Marathon.Records;
using Marathon.Testbed.Tests.Support;
using TopicPartition = Confluent.Kafka.TopicPartition;

namespace Marathon.Testbed.Tests.Lies;

/// <summary>Lies about records: each commits its sin, counts it, and commits no other.</summary>
public sealed class RecordLieTests
{
    private static readonly List<long> Truth = [.. Enumerable.Range(0, 40).Select(i => (long)i)];

    [Fact]
    public async Task LostAckedWrite_LeavesOneAcknowledgedRecordOut()
    {
        await using var lying = await LyingCluster.StartAsync("lost-acked-write:rate=1,max=1");
        var acknowledged = await lying.WriteAsync(40);
        Assert.All(acknowledged, result => Assert.Equal(PersistenceStatus.Persisted, result.Status));
        var read = lying.Read();
        Assert.Equal(39, read.Count);
        Assert.DoesNotContain(Told(lying).Offset, read.Select(record => record.Raw.Offset.Value));
        Assert.All(read, record => Assert.Equal(acknowledged[(int)record.Header.Sequence].Offset, record.Raw.Offset));
    }

    [Fact]
    public async Task LostAckedWrite_OfABatchOfOne_LeavesItsOffsetEmpty()
    {
        await using var lying = await LyingCluster.StartAsync("lost-acked-write:rate=1,max=1");
        await lying.WriteAsync(1);
        await lying.WriteAsync(10);
        Assert.Equal([.. Truth.Skip(1).Take(10)], lying.Sequences());
        Assert.Equal(0, Told(lying).Offset);
    }

    [Fact]
    public async Task LostAckedWrite_OfALastBatchOfOne_LetsReadersGetToTheEnd()
    {
        await using var lying = await LyingCluster.StartAsync("lost-acked-write:rate=1");
        await lying.WriteAsync(1);
        Assert.Empty(lying.Read());
        Assert.Empty(lying.Read(IsolationLevel.ReadCommitted));
        Assert.Equal(0, Told(lying).Offset);
    }

    [Theory]
    [InlineData(CompressionType.None)]
    [InlineData(CompressionType.Lz4)]
    public async Task Duplicate_WritesOneRecordTwice(CompressionType compression)
    {
        await using var lying = await LyingCluster.StartAsync("duplicate:rate=1,max=1");
        await lying.WriteAsync(40, compression: compression);
        await lying.WriteAsync(10);
        var twice = lying.Sequences().GroupBy(sequence => sequence).Single(group => group.Count() == 2).Key;
        Assert.Equal(twice, Told(lying).Offset);
    }

    [Fact]
    public async Task Reorder_LetsTwoRecordsChangePlaces()
    {
        await using var lying = await LyingCluster.StartAsync("reorder:rate=1,max=1");
        await lying.WriteAsync(40);
        var sequences = lying.Sequences();
        Assert.Equal(Truth, sequences.Order());
        var early = (int)Told(lying).Offset;
        Assert.Equal((early + 1, early), (sequences[early], sequences[early + 1]));
    }

    [Fact]
    public async Task KeyReorder_LetsTwoRecordsOfAKeyChangePlaces()
    {
        await using var lying = await LyingCluster.StartAsync("key-reorder:rate=1,max=1");
        await lying.WriteAsync(40, keys: 5);
        var read = lying.Read();
        var key = read[(int)Told(lying).Offset].Header.KeyId;
        var ofKey = read.Where(record => record.Header.KeyId == key).Select(record => record.Header.KeySequence).ToList();
        Assert.NotEqual(ofKey.Order(), ofKey);
        Assert.Equal(Truth, read.Select(record => record.Header.Sequence).Order());
    }

    [Fact]
    public async Task Corrupt_BreaksOneRecordUnderAGoodChecksumOfTheBatch()
    {
        await using var lying = await LyingCluster.StartAsync("corrupt:rate=1,max=1");
        await lying.WriteAsync(40);
        var read = lying.Read();
        Assert.Equal(40, read.Count);
        Assert.Equal(Told(lying).Offset, Assert.Single(read, record => record.Flaw != RecordFlaw.None).Raw.Offset.Value);
    }

    [Fact]
    public async Task TimestampAltered_ChangesOneCreateTime()
    {
        await using var lying = await LyingCluster.StartAsync("timestamp-altered:rate=1,max=1");
        await lying.WriteAsync(40);
        var altered = Assert.Single(
            lying.Read(), record => record.Raw.Message.Timestamp.UnixTimestampMs != RecordTime.ToKafkaTimestamp(record.Header.SentAt));
        Assert.Equal(Told(lying).Offset, altered.Raw.Offset.Value);
        Assert.Equal(RecordFlaw.None, altered.Flaw);
    }

    [Fact]
    public async Task Phantom_AddsAWellFormedRecordThatNobodySent()
    {
        await using var lying = await LyingCluster.StartAsync("phantom:rate=1,max=1");
        await lying.WriteAsync(40);
        var read = lying.Read();
        var phantom = Assert.Single(read, record => record.Header.Incarnation != LyingCluster.Incarnation);
        Assert.Equal(RecordFlaw.None, phantom.Flaw);
        Assert.Equal(41, read.Count);
        Assert.Equal(1, lying.Lie.Committed);
    }

    [Fact]
    public async Task WrongPartition_MovesARecord()
    {
        await using var lying = await LyingCluster.StartAsync("wrong-partition:rate=1,max=1", partitions: 3);
        await lying.WriteAsync(40, partition: 1);
        var read = lying.Read();
        var moved = Assert.Single(read, record => record.Raw.Partition.Value != record.Header.Partition);
        Assert.Equal((Told(lying).Partition, Told(lying).Offset), (moved.Raw.Partition.Value, moved.Raw.Offset.Value));
        Assert.Equal(Truth, read.Select(record => record.Header.Sequence).Order());
    }

    [Fact]
    public async Task FailedWriteVisible_RefusesWhatItKeeps()
    {
        await using var lying = await LyingCluster.StartAsync("failed-write-visible:rate=1,max=1");
        using var producer = lying.Producer();
        var refused = await lying.WriteAsync(producer, 40);
        Assert.Equal(lying.Lie.Committed, refused.Count(result => result.Status == PersistenceStatus.NotPersisted));
        Assert.NotEqual(0, lying.Lie.Committed);
        Assert.All(await lying.WriteAsync(producer, 10), result => Assert.Equal(PersistenceStatus.Persisted, result.Status));
        Assert.Equal([.. Enumerable.Range(0, 50).Select(i => (long)i)], lying.Sequences());
    }

    [Fact]
    public async Task RealtimeOrder_AcknowledgesAnOffsetFarBelowEarlierOnes()
    {
        await using var lying = await LyingCluster.StartAsync("realtime-order:rate=1,max=1");
        var before = await lying.WriteAsync(1_500);
        var after = await lying.WriteAsync(5);
        Assert.True(after.Concat(before.Skip(1_000)).Min(result => result.Offset.Value) < 1_000, "no offset went back");
        Assert.Single(lying.Lie.Examples);
        Assert.Equal(1_505, lying.Sequences().Distinct().Count());
    }

    [Fact]
    public async Task EarlyRetention_RemovesTheOlderHalf()
    {
        await using var lying = await LyingCluster.StartAsync("early-retention:rate=1,max=1", configs: new() { ["retention.ms"] = "3600000" });
        await lying.WriteAsync(1_500);
        await lying.WriteAsync(10);
        using var consumer = lying.Cluster.Consumer("watermarks");
        var start = consumer.QueryWatermarkOffsets(new TopicPartition(LyingCluster.Topic, 0), TimeSpan.FromSeconds(10)).Low.Value;
        Assert.Equal((start, start), (lying.Lie.Committed, Assert.Single(lying.Lie.Examples).Offset));
        Assert.Equal(start, lying.Read()[0].Raw.Offset.Value);
    }

    private static Marathon.Testbed.Lies.LieExample Told(LyingCluster lying)
    {
        Assert.Equal(1, lying.Lie.Committed);
        return Assert.Single(lying.Lie.Examples);
    }
}
