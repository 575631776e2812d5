using Confluent.Kafka;
using Marathon.Testbed.Tests.Support;

namespace Marathon.Testbed.Tests.Records;

/// <summary>ListOffsets by time, whatever the batches were compressed with.</summary>
public sealed class TimeLookupTests(ThreeBrokers brokers) : IClassFixture<ThreeBrokers>
{
    private static readonly DateTimeOffset Start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(CompressionType.None)]
    [InlineData(CompressionType.Gzip)]
    [InlineData(CompressionType.Snappy)]
    [InlineData(CompressionType.Lz4)]
    [InlineData(CompressionType.Zstd)]
    public async Task OffsetsForTimes_WithinACompressedBatch_NamesTheFirstRecordNotOlder(CompressionType compression)
    {
        var topic = $"times-{compression}";
        await brokers.Cluster.CreateTopicAsync(topic, configs: new() { ["retention.ms"] = "-1" });
        using (var producer = brokers.Cluster.Producer(config => (config.CompressionType, config.LingerMs) = (compression, 50)))
        {
            var sends = Enumerable.Range(0, 100).Select(i => producer.ProduceAsync(
                topic, new Message<string, string> { Value = new string('v', 500), Timestamp = new Timestamp(Start.AddSeconds(i)) }));
            await Task.WhenAll(sends);
        }

        using var consumer = brokers.Cluster.Consumer("times");
        foreach (var (seconds, offset) in (ReadOnlySpan<(double, long)>)[(-5, 0), (0, 0), (41.5, 42), (99, 99)])
            Assert.Equal(offset, OffsetAt(consumer, topic, Start.AddSeconds(seconds)));
        Assert.Equal(Offset.End.Value, OffsetAt(consumer, topic, Start.AddSeconds(100)));
    }

    private static long OffsetAt(IConsumer<string, string> consumer, string topic, DateTimeOffset time) => consumer
        .OffsetsForTimes([new TopicPartitionTimestamp(topic, 0, new Timestamp(time))], TimeSpan.FromSeconds(30)).Single().Offset.Value;
}
