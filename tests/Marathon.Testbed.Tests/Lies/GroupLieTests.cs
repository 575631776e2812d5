using Confluent.Kafka;
using Marathon.Testbed.Tests.Support;

namespace Marathon.Testbed.Tests.Lies;

/// <summary>Lies of a group's coordinator.</summary>
public sealed class GroupLieTests
{
    [Fact]
    public async Task DoubleOwnership_AssignsOnePartitionToTwoMembers()
    {
        await using var lying = await LyingCluster.StartAsync("double-ownership:max=1", partitions: 4);
        using var first = lying.Cluster.Consumer("pair");
        using var second = lying.Cluster.Consumer("pair");
        first.Subscribe(LyingCluster.Topic);
        second.Subscribe(LyingCluster.Topic);
        await Eventually.TrueAsync(
            () =>
            {
                first.Consume(TimeSpan.FromMilliseconds(50));
                second.Consume(TimeSpan.FromMilliseconds(50));
                return first.Assignment.Intersect(second.Assignment).Any();
            },
            "both members hold one partition");
        Assert.Equal(1, lying.Lie.Committed);
        Assert.Equal(first.Assignment.Intersect(second.Assignment).Single().Partition.Value, lying.Lie.Examples.Single().Partition);
    }

    [Fact]
    public async Task CommitRegression_GivesAnOlderOffsetAfterARebalance()
    {
        await using var lying = await LyingCluster.StartAsync("commit-regression:rate=1,max=1");
        await lying.WriteAsync(400);
        var given = new List<long>();
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = lying.Cluster.BootstrapServers,
            GroupId = "regressing",
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
            SessionTimeoutMs = 6000,
            HeartbeatIntervalMs = 100,
        }).SetLogHandler((_, _) => { })
            .SetPartitionsAssignedHandler((client, partitions) =>
            {
                given.Add(client.Committed(partitions, TimeSpan.FromSeconds(10)).Single().Offset.Value);
            })
            .Build();
        consumer.Subscribe(LyingCluster.Topic);
        await Eventually.TrueAsync(() => consumer.Consume(TimeSpan.FromMilliseconds(100)) is not null, "it reads");
        consumer.Commit([new TopicPartitionOffset(LyingCluster.Topic, 0, 350)]);
        await Eventually.TrueAsync(
            () =>
            {
                consumer.Consume(TimeSpan.FromMilliseconds(50));
                return given.Count > 1;
            },
            "it joins again");
        Assert.Equal(150, given[1]);
        Assert.Equal((1, 150), (lying.Lie.Committed, lying.Lie.Examples.Single().Offset));
    }
}
