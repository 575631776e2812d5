using Confluent.Kafka;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Tests.Support;

namespace Marathon.Testbed.Tests.Clients;

public sealed class ConfluentClientTests : IAsyncLifetime
{
    private TestbedCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestbedCluster.StartAsync(new TestbedOptions { Seed = 1 });

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Theory]
    [InlineData(CompressionType.None)]
    [InlineData(CompressionType.Gzip)]
    [InlineData(CompressionType.Snappy)]
    [InlineData(CompressionType.Lz4)]
    public async Task IdempotentProducer_ThenAssignedConsumer_ReadsEveryRecordInOrder(CompressionType compression)
    {
        await _cluster.CreateTopicAsync("orders", 3);
        using var producer = _cluster.Producer(config => config.CompressionType = compression);
        await producer.ProduceAsync("orders", Enumerable.Range(0, 3000));

        var read = _cluster.ReadAll("orders");

        Assert.Equal(Enumerable.Range(0, 3000), read.Numbers().Order());
        foreach (var partition in read.GroupBy(r => r.Partition.Value))
        {
            Assert.Equal(partition.Numbers().Order(), partition.Numbers());
            Assert.Equal(Enumerable.Range(0, partition.Count()).Select(i => (long)i), partition.Select(r => r.Offset.Value));
        }
    }

    [Fact]
    public async Task GroupConsumer_GoesOnFromCommittedOffsets()
    {
        await _cluster.CreateTopicAsync("shared", 4);
        using var producer = _cluster.Producer();
        await producer.ProduceAsync("shared", Enumerable.Range(0, 1000));
        using (var first = _cluster.Consumer("workers"))
        {
            first.Subscribe("shared");
            Assert.Equal(Enumerable.Range(0, 1000), first.Read(1000).Numbers().Order());
            first.Commit();
            first.Close();
        }

        await producer.ProduceAsync("shared", Enumerable.Range(1000, 500));
        using var second = _cluster.Consumer("workers");
        second.Subscribe("shared");
        Assert.Equal(Enumerable.Range(1000, 500), second.Read(500).Numbers().Order());
        second.Close();
    }

    [Theory]
    [InlineData(PartitionAssignmentStrategy.Range)]
    [InlineData(PartitionAssignmentStrategy.CooperativeSticky)]
    public async Task GroupMembers_ShareThePartitions(PartitionAssignmentStrategy strategy)
    {
        await _cluster.CreateTopicAsync("split", 6);
        using var first = _cluster.Consumer("pair", config => config.PartitionAssignmentStrategy = strategy);
        using var second = _cluster.Consumer("pair", config => config.PartitionAssignmentStrategy = strategy);
        first.Subscribe("split");
        second.Subscribe("split");

        await Eventually.TrueAsync(
            () =>
            {
                first.Consume(TimeSpan.FromMilliseconds(20));
                second.Consume(TimeSpan.FromMilliseconds(20));
                return first.Assignment.Count == 3 && second.Assignment.Count == 3;
            },
            "each has three partitions");

        Assert.Empty(first.Assignment.Intersect(second.Assignment));
        second.Close();
        await Eventually.TrueAsync(
            () =>
            {
                first.Consume(TimeSpan.FromMilliseconds(20));
                return first.Assignment.Count == 6;
            },
            "the one that stayed has all six");
        first.Close();
    }

    [Fact]
    public async Task UnknownTopic_IsCreatedByProducing()
    {
        using var producer = _cluster.Producer();
        await producer.ProduceAsync("made-on-demand", Enumerable.Range(0, 10));
        using var admin = _cluster.Admin();
        var topic = admin.GetMetadata("made-on-demand", TimeSpan.FromSeconds(10)).Topics.Single();
        Assert.Single(topic.Partitions);
        Assert.Equal(3, topic.Partitions[0].Replicas.Length);
    }
}
