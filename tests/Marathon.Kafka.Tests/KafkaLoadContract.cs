using Marathon.Kafka.Rereading;
using Marathon.Verification;
using Marathon.Workers.Load;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Kafka.Tests;

/// <summary>What a load does on any cluster that is honest.</summary>
public static class KafkaLoadContract
{
    public static async Task EverythingAcknowledgedIsRead(string bootstrapServers, Func<LoadSpec, LoadSpec> change)
    {
        await using var run = await LoadRun.StartAsync(change(await Loads.WithTopicAsync(bootstrapServers)));
        await run.AckedAsync(5000);

        var evidence = await run.DrainAsync();

        var counters = run.Counters;
        Assert.Equal(counters.Sent, counters.Acked);
        Assert.All(evidence.Producers, producer => Assert.True(producer.Settled));
        Assert.Equal(counters.Acked, evidence.Acknowledged());
        Assert.Equal(counters.Acked, evidence.Consumers.Received());
        Assert.Equal(counters.Acked, evidence.PublishLatency.Count);
        Assert.Equal(counters.Acked, evidence.EndToEndLatency.Count);
        Assert.Empty(evidence.Consumers.Anomalies());
        Assert.Empty(counters.Anomalies);
        Assert.Null(run.Load.Status().Error);
    }

    public static async Task ReplacementGoesOnFromTheCheckpoint(string bootstrapServers)
    {
        var spec = await Loads.WithTopicAsync(bootstrapServers);
        LoadEvidence first;
        await using (var run = await LoadRun.StartAsync(spec))
        {
            await run.ReceivedAsync(1000);
            first = await run.StoredCutAsync();
            await run.ReceivedAsync(run.Counters.Received + 500);
            await run.StopProducingAsync();
        }

        var resumed = spec with
        {
            Producers = [new ProducerSpec("w0-p0", 2 * ProducerSpec.IncarnationsPerLife, spec.Topics[0].Name)],
            ResumeFrom = Checkpoint(spec, first),
        };
        await using var second = await LoadRun.StartAsync(resumed);
        await second.AckedAsync(1000);
        await second.StopProducingAsync();
        var ends = await EndsAsync(spec);
        await second.Until(() => IsAt(second, ends), "the replacement has read to the end");
        await second.Load.StopConsumingAsync(CancellationToken.None);
        var rest = await second.StoredCutAsync();

        Assert.Equal(ends.Values.Sum(), first.Consumers.Received() + rest.Consumers.Received());
        Assert.Empty(rest.Consumers.Anomalies());
    }

    public static async Task RangeIsReadAgainWithTheSameDigest(string bootstrapServers)
    {
        var spec = await Loads.WithTopicAsync(bootstrapServers, partitions: 1);
        await using var run = await LoadRun.StartAsync(spec);
        await run.AckedAsync(2000);
        var first = await run.DrainAsync();
        var reader = new RangeReader(spec.BootstrapServers, spec.ClientProperties, TimeProvider.System, NullLogger.Instance);

        Task<RangeReading> Read(long from, long to) => reader.ReadAsync(
            spec.RunId, 1, new RereadRequest(spec.Topics[0].Name, 0, from, to, 0, "test"), Isolation.ReadCommitted, "rereader", TimeSpan.FromSeconds(30), CancellationToken.None);

        var whole = await Read(0, RereadRequest.ToEnd);
        Assert.Null(whole.GoOnAt);
        Assert.Null(whole.Withheld);
        Assert.True(whole.Evidence.Rereader);
        Assert.Equal(Digest(first.Consumers), Digest([whole.Evidence]));
        Assert.Equal(300, (await Read(100, 400)).Evidence.Partitions.Single().Segments.Sum(segment => segment.Streams.Sum(stream => stream.Count)));
        Assert.Null((await Read(100, 400)).GoOnAt);
    }

    public static async Task MembersCommitWhatIsStoredAndNoMore(string bootstrapServers)
    {
        var one = await Loads.WithTopicAsync(bootstrapServers) with { Assignment = Assignment.Subscribe };
        long stored;
        await using (var run = await LoadRun.StartAsync(one))
        {
            await run.ReceivedAsync(1000);
            stored = (await run.StoredCutAsync()).Consumers.Received();
            await run.Until(() => Committed(one) == stored, "the offsets of the checkpoint are committed");
            await run.ReceivedAsync(stored + 1000);
            await run.Load.CutAsync(CancellationToken.None);
            Assert.Equal(stored, Committed(one));
            await run.StopProducingAsync();
        }

        await using var next = await LoadRun.StartAsync(one with { Producers = [] });
        var ends = await EndsAsync(one);
        await next.Until(() => IsAt(next, ends), "the next member has read to the end");
        await next.Load.StopConsumingAsync(CancellationToken.None);

        Assert.Equal(ends.Values.Sum() - stored, (await next.StoredCutAsync()).Consumers.Received());
        Assert.Equal(ends.Values.Sum(), Committed(one));
    }

    private static ulong Digest(IEnumerable<ConsumerEvidence> consumers) => consumers
        .SelectMany(consumer => consumer.Partitions)
        .SelectMany(partition => partition.Segments)
        .SelectMany(segment => segment.Streams)
        .Aggregate(0UL, (sum, stream) => unchecked(sum + stream.Digest));

    private static System.Text.Json.JsonElement Checkpoint(LoadSpec spec, LoadEvidence evidence) =>
        System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(EvidenceJson.Write(new WorkerEvidence
        {
            Run = spec.RunId,
            Worker = "w0",
            Epoch = 1,
            Number = 1,
            At = DateTimeOffset.UnixEpoch,
            Producers = evidence.Producers,
            Consumers = evidence.Consumers,
        }));

    private static bool IsAt(LoadRun run, IReadOnlyDictionary<int, long> ends) =>
        run.Load.Status().Positions is var positions && positions.Count == ends.Count && positions.All(position => position.NextOffset == ends[position.Partition]);

    private static async Task<IReadOnlyDictionary<int, long>> EndsAsync(LoadSpec spec)
    {
        using var admin = new Admin.KafkaAdmin(spec.BootstrapServers);
        return await admin.ListOffsetsAsync(spec.Topics[0].Name, Enumerable.Range(0, spec.Topics[0].Partitions), Admin.OffsetAt.Latest, CancellationToken.None);
    }

    private static long Committed(LoadSpec spec)
    {
        using var consumer = new Confluent.Kafka.ConsumerBuilder<Confluent.Kafka.Ignore, Confluent.Kafka.Ignore>(
            new Dictionary<string, string> { ["bootstrap.servers"] = spec.BootstrapServers, ["group.id"] = spec.Consumers[0].Group }).Build();
        return consumer
            .Committed(Enumerable.Range(0, spec.Topics[0].Partitions).Select(partition => new Confluent.Kafka.TopicPartition(spec.Topics[0].Name, partition)), TimeSpan.FromSeconds(20))
            .Sum(offset => Math.Max(0, offset.Offset.Value));
    }
}
