using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Metadata;

namespace Marathon.Testbed.Tests.Support;

/// <summary>librdkafka clients of a testbed cluster.</summary>
internal static class ClientExtensions
{
    public static IAdminClient Admin(this TestbedCluster cluster) =>
        new AdminClientBuilder(new AdminClientConfig { BootstrapServers = cluster.BootstrapServers }).Build();

    /// <summary>Creates a topic and waits until every broker knows it and all its replicas are in sync.</summary>
    public static async Task CreateTopicAsync(
        this TestbedCluster cluster, string name, int partitions = 1, short replication = -1, Dictionary<string, string>? configs = null)
    {
        using (var admin = cluster.Admin())
        {
            await admin.CreateTopicsAsync(
                [new TopicSpecification { Name = name, NumPartitions = partitions, ReplicationFactor = replication, Configs = configs }]);
        }

        await Eventually.TrueAsync(
            () => cluster.Hosts.All(host => host.Broker?.Image.Topic(name) is not null) && cluster.Image().Topic(name)!.Partitions.All(p => p.Isr.Length == p.Replicas.Length),
            $"{name} is everywhere");
    }

    internal static MetadataImage Image(this TestbedCluster cluster) => cluster.Resources.Controller.Image;

    public static IProducer<string, string> Producer(this TestbedCluster cluster, Action<ProducerConfig>? configure = null)
    {
        var config = new ProducerConfig
        {
            BootstrapServers = cluster.BootstrapServers,
            EnableIdempotence = true,
            LingerMs = 1,
            ReconnectBackoffMs = 20,
            ReconnectBackoffMaxMs = 200,
            RetryBackoffMs = 20,
            TopicMetadataRefreshIntervalMs = 1000,
        };
        configure?.Invoke(config);
        return new ProducerBuilder<string, string>(config).SetLogHandler((_, _) => { }).Build();
    }

    public static IConsumer<string, string> Consumer(this TestbedCluster cluster, string group, Action<ConsumerConfig>? configure = null)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = cluster.BootstrapServers,
            GroupId = group,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
            CheckCrcs = true,
            EnablePartitionEof = true,
            ReconnectBackoffMs = 20,
            ReconnectBackoffMaxMs = 200,
            SessionTimeoutMs = 6000,
        };
        configure?.Invoke(config);
        return new ConsumerBuilder<string, string>(config).SetLogHandler((_, _) => { }).Build();
    }

    /// <summary>Everything in a topic, up to the end of each partition.</summary>
    public static List<ConsumeResult<string, string>> ReadAll(
        this TestbedCluster cluster, string topic, IsolationLevel isolation = IsolationLevel.ReadUncommitted)
    {
        using var consumer = cluster.Consumer("reader", config => config.IsolationLevel = isolation);
        var partitions = cluster.Image().Topic(topic)!.Partitions.Length;
        consumer.Assign(Enumerable.Range(0, partitions).Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));
        var read = new List<ConsumeResult<string, string>>();
        var ended = new HashSet<int>();
        var deadline = DateTime.UtcNow.AddSeconds(60);
        while (ended.Count < partitions)
        {
            Assert.True(DateTime.UtcNow < deadline, $"{topic} was not read to its end; {read.Count} records so far");
            var result = consumer.Consume(TimeSpan.FromMilliseconds(200));
            if (result is null)
                continue;
            if (result.IsPartitionEOF)
                ended.Add(result.Partition.Value);
            else
                read.Add(result);
        }

        return read;
    }

    /// <summary>Reads until so many records have come.</summary>
    public static List<ConsumeResult<string, string>> Read(this IConsumer<string, string> consumer, int count)
    {
        var read = new List<ConsumeResult<string, string>>();
        var deadline = DateTime.UtcNow.AddSeconds(60);
        while (read.Count < count)
        {
            Assert.True(DateTime.UtcNow < deadline, $"{read.Count} records of {count} came");
            if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is { IsPartitionEOF: false } result)
                read.Add(result);
        }

        return read;
    }

    /// <summary>Produces numbers and waits for their acknowledgements.</summary>
    public static async Task ProduceAsync(this IProducer<string, string> producer, string topic, IEnumerable<int> numbers)
    {
        var sends = numbers.Select(i => producer.ProduceAsync(topic, new Message<string, string> { Key = $"key-{i % 17}", Value = $"{i}" })).ToArray();
        foreach (var result in await Task.WhenAll(sends).WaitAsync(TimeSpan.FromSeconds(60)))
            Assert.Equal(PersistenceStatus.Persisted, result.Status);
    }

    public static IEnumerable<int> Numbers(this IEnumerable<ConsumeResult<string, string>> records) => records.Select(r => int.Parse(r.Message.Value));
}
