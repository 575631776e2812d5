using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Kafka.Tests;

public sealed class KafkaLoadTests(RealKafka kafka) : IClassFixture<RealKafka>
{
    [KafkaFact]
    public async Task Load_ProducesAndConsumes_EverythingAcknowledgedIsRead()
    {
        var spec = await Loads.WithTopicAsync(kafka.BootstrapServers);
        await using var load = new KafkaLoad(TimeProvider.System, NullLogger.Instance);
        await load.InitialiseAsync(spec, CancellationToken.None);
        await load.StartAsync();
        await Eventually.Holds(() => load.Status().Counters.Acked > 5000, "5,000 records are acknowledged", () => load.Status().ToString());
        await load.StopProducingAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
        var sent = load.Status().Counters;
        Assert.Equal(sent.Sent, sent.Acked);
        await Eventually.Holds(() => load.Status().Counters.Received == sent.Acked, "all of them are read", () => load.Status().ToString());
        await load.StopConsumingAsync(CancellationToken.None);

        var evidence = await load.CutAsync(CancellationToken.None);
        await load.StoredAsync(CancellationToken.None);

        Assert.True(evidence.Producers.Single().Settled);
        Assert.Equal(sent.Acked, evidence.Producers.Single().Partitions.Sum(partition => partition.Acknowledged.Count));
        Assert.Equal(sent.Acked, evidence.Consumers.Single().Partitions.SelectMany(partition => partition.Segments).SelectMany(segment => segment.Streams).Sum(stream => stream.Count));
        Assert.Equal(sent.Acked, evidence.PublishLatency.Count);
        Assert.Equal(sent.Acked, evidence.EndToEndLatency.Count);
        Assert.Empty(load.Status().Counters.Anomalies);
        Assert.Null(load.Status().Error);
    }
}
