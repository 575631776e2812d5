using Confluent.Kafka;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Tests.Support;
using TopicPartition = Confluent.Kafka.TopicPartition;

namespace Marathon.Testbed.Tests.Storage;

/// <summary>What retention, DeleteRecords and compaction remove, as clients see it.</summary>
public sealed class CleanupTests : IAsyncLifetime
{
    private const string Topic = "cleaned";
    private TestbedCluster _cluster = null!;

    public async Task InitializeAsync() =>
        _cluster = await TestbedCluster.StartAsync(new TestbedOptions { Seed = 13, LogCleanupInterval = TimeSpan.FromMilliseconds(200) });

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task RetentionMs_RemovesTheOldAndNothingElse()
    {
        await CreateAsync(("retention.ms", "3600000"));
        var old = new Timestamp(DateTimeOffset.UtcNow.AddHours(-2));
        await WriteAsync(Enumerable.Range(0, 50).Select(i => ("k", $"{i}", old)));
        await WriteAsync(Enumerable.Range(50, 20).Select(i => ("k", $"{i}", Timestamp.Default)));
        await Eventually.TrueAsync(() => Start() == 50, "the old half is removed");
        Assert.Equal(Enumerable.Range(50, 20), _cluster.ReadAll(Topic).Numbers());
        await Eventually.TrueAsync(
            () => _cluster.Hosts.All(host => host.Broker!.Replicas.Find(Topic, 0)!.View().LogStartOffset == 50 || !host.Broker!.Replicas.Find(Topic, 0)!.IsLeader),
            "the leader starts there");
    }

    [Fact]
    public async Task RetentionBytes_KeepsTheNewest()
    {
        await CreateAsync(("retention.bytes", "20000"));
        for (var round = 0; round < 10; round++)
            await WriteAsync([("k", new string((char)('a' + round), 5_000), Timestamp.Default)]);
        await Eventually.TrueAsync(() => Start() > 0, "some are removed");
        var left = _cluster.ReadAll(Topic);
        Assert.InRange(left.Sum(record => record.Message.Value.Length), 15_000, 25_000);
        Assert.Equal('j', left[^1].Message.Value[0]);
    }

    [Fact]
    public async Task DeleteRecords_MovesTheStartOfTheLog()
    {
        await CreateAsync();
        await WriteAsync(Enumerable.Range(0, 30).Select(i => ("k", $"{i}", Timestamp.Default)));
        using var admin = _cluster.Admin();
        await Eventually.TrueAsync(() => _cluster.ReadAll(Topic).Count == 30, "all is replicated");
        var deleted = await admin.DeleteRecordsAsync([new TopicPartitionOffset(Topic, 0, 12)]);
        Assert.Equal(12, deleted.Single().Offset.Value);
        Assert.Equal(Enumerable.Range(12, 18), _cluster.ReadAll(Topic).Numbers());
    }

    [Fact]
    public async Task Compaction_KeepsTheLatestOfEachKeyAtItsOffset_AlsoAfterAFailover()
    {
        await CreateAsync(("cleanup.policy", "compact"), ("segment.ms", "1"), ("min.cleanable.dirty.ratio", "0.01"), ("delete.retention.ms", "3600000"));
        for (var round = 0; round < 20; round++)
            await WriteAsync(Enumerable.Range(0, 5).Select(key => ($"k{key}", $"{round}", Timestamp.Default)));
        await WriteAsync([("k0", null!, Timestamp.Default)]);
        await Eventually.TrueAsync(() => _cluster.ReadAll(Topic).Count == 5, "the log is compacted");
        AssertLatest();
        await _cluster.KillBrokerAsync(_cluster.LeaderOf(Topic, 0)!.Value);
        await Eventually.TrueAsync(() => _cluster.LeaderOf(Topic, 0) is not null, "another leads");
        await Eventually.TrueAsync(() => _cluster.ReadAll(Topic).Count == 5, "its log is compacted too");
        AssertLatest();
        await WriteAsync([("k1", "21", Timestamp.Default)]);
        Assert.Equal("21", _cluster.ReadAll(Topic)[^1].Message.Value);
    }

    [Fact]
    public async Task Compaction_DropsTombstonesAfterDeleteRetention()
    {
        await CreateAsync(("cleanup.policy", "compact"), ("segment.ms", "1"), ("min.cleanable.dirty.ratio", "0"), ("delete.retention.ms", "1"));
        await WriteAsync([("gone", "1", Timestamp.Default), ("gone", null!, Timestamp.Default), ("kept", "2", Timestamp.Default)]);
        await Eventually.TrueAsync(() => _cluster.ReadAll(Topic) is [{ Message.Key: "kept" }], "the tombstone is gone, the other key is not");
    }

    private void AssertLatest()
    {
        var left = _cluster.ReadAll(Topic);
        Assert.Equal([96, 97, 98, 99, 100], left.Select(record => record.Offset.Value));
        Assert.All(left.Take(4), record => Assert.Equal("19", record.Message.Value));
        Assert.Equal(("k0", null), (left[^1].Message.Key, left[^1].Message.Value));
    }

    private long Start()
    {
        using var consumer = _cluster.Consumer("start");
        return consumer.QueryWatermarkOffsets(new TopicPartition(Topic, 0), TimeSpan.FromSeconds(10)).Low.Value;
    }

    private Task CreateAsync(params (string Name, string Value)[] configs) =>
        _cluster.CreateTopicAsync(Topic, configs: configs.ToDictionary(config => config.Name, config => config.Value));

    private async Task WriteAsync(IEnumerable<(string Key, string Value, Timestamp Timestamp)> records)
    {
        using var producer = _cluster.Producer();
        var sends = records.Select(record => producer.ProduceAsync(
            Topic, new Message<string, string> { Key = record.Key, Value = record.Value, Timestamp = record.Timestamp })).ToArray();
        await Task.WhenAll(sends).WaitAsync(TimeSpan.FromSeconds(30));
    }
}
