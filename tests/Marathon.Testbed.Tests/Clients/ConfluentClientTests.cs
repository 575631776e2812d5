using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Marathon.Testbed.Cluster;

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
        await CreateTopicAsync("orders", 3);
        await ProduceAsync("orders", 3000, compression);

        using var consumer = new ConsumerBuilder<string, string>(ConsumerConfig("assigned")).Build();
        consumer.Assign(Enumerable.Range(0, 3).Select(p => new TopicPartitionOffset("orders", p, Offset.Beginning)));
        var read = Read(consumer, 3000);

        Assert.Equal(Enumerable.Range(0, 3000), read.Select(r => int.Parse(r.Message.Value)).Order());
        foreach (var partition in read.GroupBy(r => r.Partition.Value))
        {
            Assert.Equal(partition.Select(r => int.Parse(r.Message.Value)).Order(), partition.Select(r => int.Parse(r.Message.Value)));
            Assert.Equal(Enumerable.Range(0, partition.Count()).Select(i => (long)i), partition.Select(r => r.Offset.Value));
        }
    }

    [Fact]
    public async Task GroupConsumers_ShareThePartitions_AndGoOnFromCommittedOffsets()
    {
        await CreateTopicAsync("shared", 4);
        await ProduceAsync("shared", 1000, CompressionType.None);
        using (var first = Subscribe("workers", "shared"))
        {
            Assert.Equal(1000, Read(first, 1000).Count);
            first.Commit();
            first.Close();
        }

        await ProduceAsync("shared", 500, CompressionType.None);
        using var second = Subscribe("workers", "shared");
        Assert.Equal(500, Read(second, 500).Count);
        second.Close();
    }

    [Fact]
    public async Task UnknownTopic_IsCreatedByProducing()
    {
        await ProduceAsync("made-on-demand", 10, CompressionType.None);
        using var admin = Admin();
        var topic = admin.GetMetadata("made-on-demand", TimeSpan.FromSeconds(10)).Topics.Single();
        Assert.Single(topic.Partitions);
        Assert.Equal(3, topic.Partitions[0].Replicas.Length);
    }

    private async Task CreateTopicAsync(string name, int partitions)
    {
        using var admin = Admin();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = name, NumPartitions = partitions, ReplicationFactor = 3 }]);
    }

    private async Task ProduceAsync(string topic, int count, CompressionType compression)
    {
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig
        {
            BootstrapServers = _cluster.BootstrapServers,
            EnableIdempotence = true,
            CompressionType = compression,
            LingerMs = 1,
        }).Build();
        var sends = Enumerable.Range(0, count).Select(i =>
            producer.ProduceAsync(topic, new Message<string, string> { Key = $"key-{i % 17}", Value = $"{i}" })).ToArray();
        foreach (var result in await Task.WhenAll(sends).WaitAsync(TimeSpan.FromSeconds(30)))
            Assert.Equal(PersistenceStatus.Persisted, result.Status);
    }

    private IConsumer<string, string> Subscribe(string group, string topic)
    {
        var consumer = new ConsumerBuilder<string, string>(ConsumerConfig(group)).Build();
        consumer.Subscribe(topic);
        return consumer;
    }

    private static List<ConsumeResult<string, string>> Read(IConsumer<string, string> consumer, int count)
    {
        var read = new List<ConsumeResult<string, string>>();
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (read.Count < count && DateTime.UtcNow < deadline)
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is { } result)
                read.Add(result);
        }

        return read;
    }

    private IAdminClient Admin() => new AdminClientBuilder(new AdminClientConfig { BootstrapServers = _cluster.BootstrapServers }).Build();

    private ConsumerConfig ConsumerConfig(string group) => new()
    {
        BootstrapServers = _cluster.BootstrapServers,
        GroupId = group,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        EnableAutoCommit = false,
        CheckCrcs = true,
    };
}
