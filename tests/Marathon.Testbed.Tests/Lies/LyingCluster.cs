using Confluent.Kafka;
using Marathon.Records;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Lies;
using Marathon.Testbed.Tests.Support;
using TopicPartition = Confluent.Kafka.TopicPartition;

namespace Marathon.Testbed.Tests.Lies;

/// <summary>A broker that lies, and clients that write and read records as workers do.</summary>
internal sealed class LyingCluster : IAsyncDisposable
{
    public const string Topic = "truth";
    public const long Incarnation = 1024;
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<int, long> _next = [];

    private LyingCluster(TestbedCluster cluster) => Cluster = cluster;

    public TestbedCluster Cluster { get; }

    public LieReport Lie => Cluster.Resources.Lies.Reports.Single();

    public static async Task<LyingCluster> StartAsync(string lie, int partitions = 1, Dictionary<string, string>? configs = null)
    {
        var cluster = await TestbedCluster.StartAsync(new TestbedOptions
        {
            Brokers = 1,
            Seed = 5,
            Lies = [lie],
            LogCleanupInterval = TimeSpan.FromHours(1),
            TransactionAbortScanInterval = TimeSpan.FromMilliseconds(200),
        });
        await cluster.CreateTopicAsync(Topic, partitions, configs: configs);
        return new LyingCluster(cluster);
    }

    public IProducer<byte[], byte[]> Producer(Action<ProducerConfig>? configure = null)
    {
        var config = new ProducerConfig { BootstrapServers = Cluster.BootstrapServers, EnableIdempotence = true, LingerMs = 50, Acks = Acks.All };
        configure?.Invoke(config);
        return new ProducerBuilder<byte[], byte[]>(config).SetLogHandler((_, _) => { }).Build();
    }

    /// <summary>Writes so many records to a partition; gives what became of each.</summary>
    public async Task<List<DeliveryResult<byte[], byte[]>>> WriteAsync(int count, int partition = 0, int keys = 0, CompressionType compression = CompressionType.None)
    {
        using var producer = Producer(config => config.CompressionType = compression);
        return await WriteAsync(producer, count, partition, keys);
    }

    public async Task<List<DeliveryResult<byte[], byte[]>>> WriteAsync(
        IProducer<byte[], byte[]> producer, int count, int partition = 0, int keys = 0, long transaction = 0, Transfer? transfer = null, SourceRecord? firstSource = null)
    {
        var sends = Enumerable.Range(0, count).Select(i => producer.ProduceAsync(
            new TopicPartition(Topic, partition),
            Next(partition, keys, transaction, i, transfer, firstSource is { } first ? first with { Offset = first.Offset + i } : null)));
        var results = await Task.WhenAll(sends.Select(async send =>
        {
            try
            {
                return await send;
            }
            catch (ProduceException<byte[], byte[]> refused)
            {
                return refused.DeliveryResult;
            }
        })).WaitAsync(TimeSpan.FromSeconds(30));
        return [.. results];
    }

    /// <summary>Everything in the topic from its beginnings on, in the order in which the client gave it.</summary>
    public List<(ConsumeResult<byte[], byte[]> Raw, RecordHeader Header, RecordFlaw Flaw)> Read(IsolationLevel isolation = IsolationLevel.ReadUncommitted)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = Cluster.BootstrapServers,
            GroupId = "reader",
            CheckCrcs = true,
            EnablePartitionEof = true,
            IsolationLevel = isolation,
            AutoOffsetReset = AutoOffsetReset.Error,
            EnableAutoCommit = false,
        };
        using var consumer = new ConsumerBuilder<byte[], byte[]>(config).SetLogHandler((_, _) => { }).Build();
        var partitions = Cluster.Image().Topic(Topic)!.Partitions.Length;
        consumer.Assign(Enumerable.Range(0, partitions).Select(p => new TopicPartitionOffset(Topic, p, Offset.Beginning)));
        var (read, ended, deadline) = (new List<(ConsumeResult<byte[], byte[]>, RecordHeader, RecordFlaw)>(), new HashSet<int>(), DateTime.UtcNow.AddSeconds(30));
        while (ended.Count < partitions)
        {
            Assert.True(DateTime.UtcNow < deadline, $"not read to the end; {read.Count} records so far");
            if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is not { } result)
                continue;
            if (result.IsPartitionEOF)
            {
                ended.Add(result.Partition.Value);
                continue;
            }

            RecordCodec.TryRead(result.Message.Value ?? [], result.Message.Key, default, out var header, out var flaw);
            read.Add((result, header, flaw));
        }

        return read;
    }

    public List<long> Sequences(IsolationLevel isolation = IsolationLevel.ReadUncommitted) => [.. Read(isolation).Select(record => record.Header.Sequence)];

    public async ValueTask DisposeAsync() => await Cluster.DisposeAsync();

    private Message<byte[], byte[]> Next(int partition, int keys, long transaction, int index, Transfer? transfer, SourceRecord? source)
    {
        var sequence = _next.GetValueOrDefault(partition);
        _next[partition] = sequence + 1;
        var key = keys == 0 ? null : BitConverter.GetBytes((int)(sequence % keys));
        var value = new byte[200];
        var sentAt = RecordTime.From(Start.AddSeconds(sequence));
        var blocks = transfer is not null ? new byte[ExtensionBlocks.TransferSize] : source is not null ? new byte[ExtensionBlocks.SourceSize] : [];
        if (transfer is { } moved)
            ExtensionBlocks.Write(blocks, moved);
        else if (source is { } from)
            ExtensionBlocks.Write(blocks, from);
        RecordCodec.Write(
            value,
            new RecordHeader
            {
                Flags = RecordFlags.CreateTimeSet,
                Run = 1,
                TopicId = 1,
                Partition = partition,
                Incarnation = Incarnation,
                Sequence = sequence,
                KeyId = keys == 0 ? RecordHeader.NoKey : (int)(sequence % keys),
                KeySequence = keys == 0 ? 0 : sequence / keys,
                TransactionId = transaction,
                TransactionIndex = transaction == 0 ? 0 : index,
                IntendedAt = sentAt,
                SentAt = sentAt,
            },
            key,
            extensions: blocks);
        return new Message<byte[], byte[]> { Key = key!, Value = value, Timestamp = new Timestamp(RecordTime.ToKafkaTimestamp(sentAt), TimestampType.CreateTime) };
    }
}
