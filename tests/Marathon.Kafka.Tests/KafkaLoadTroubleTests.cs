using Marathon.Verification;
using Marathon.Workers.Load;

namespace Marathon.Kafka.Tests;

/// <summary>What a load does when things go wrong, or are changed on the way.</summary>
public sealed class KafkaLoadTroubleTests(TestbedFixture testbed) : IClassFixture<TestbedFixture>
{
    [Fact]
    public async Task FatalError_ProducerGoesOnAsTheNextIncarnation()
    {
        var spec = await Loads.WithTopicAsync(testbed.BootstrapServers);
        await using var run = await LoadRun.StartAsync(spec);
        await run.AckedAsync(1000);

        FatalError.Raise(run.Load);
        await run.Until(() => run.Load.CutAsync(CancellationToken.None).Result.Producers.Count == 2, "a second incarnation");
        await run.AckedAsync(run.Counters.Acked + 1000);
        var evidence = await run.DrainAsync();

        Assert.Equal([ProducerSpec.IncarnationsPerLife, ProducerSpec.IncarnationsPerLife + 1], evidence.Producers.Select(producer => producer.Incarnation).Order());
        Assert.All(evidence.Producers, producer => Assert.True(producer.Settled));
        var counters = run.Counters;
        Assert.Equal(counters.Sent, counters.Acked + counters.Failed + counters.Indeterminate);
        Assert.InRange(evidence.Consumers.Received(), counters.Acked, counters.Acked + counters.Indeterminate);
        Assert.Empty(counters.Anomalies);
    }

    [Fact]
    public async Task BrokerKilled_LoadGoesOnAtTheOthers()
    {
        var spec = await Loads.WithTopicAsync(testbed.BootstrapServers, replication: 3);
        await using var run = await LoadRun.StartAsync(spec);
        await run.AckedAsync(1000);

        await testbed.Cluster.KillBrokerAsync(1);
        try
        {
            await run.AckedAsync(run.Counters.Acked + 20_000);
        }
        finally
        {
            await testbed.Cluster.StartBrokerAsync(1);
        }

        var evidence = await run.DrainAsync();
        Assert.Equal(run.Counters.Acked, evidence.Acknowledged());
        Assert.InRange(evidence.Consumers.Received(), run.Counters.Acked, run.Counters.Acked + run.Counters.Indeterminate);
        Assert.Empty(run.Counters.Anomalies);
        Assert.Null(run.Load.Status().Error);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2000")]
    public async Task NoQuorum_LeaderHasTheRecords_NoneCountsAsFailedOrComesTwice(string? deliveryTimeout)
    {
        var spec = await Loads.WithTopicAsync(testbed.BootstrapServers, partitions: 1, replication: 3, ("min.insync.replicas", "2"));
        var properties = new Dictionary<string, string> { ["request.timeout.ms"] = "1000" };
        if (deliveryTimeout is not null)
            properties["delivery.timeout.ms"] = deliveryTimeout;
        await using var run = await LoadRun.StartAsync(spec with { RatePerSecond = 200, ProducerProperties = properties });
        await run.AckedAsync(200);

        var followers = Enumerable.Range(1, 3).Where(broker => broker != testbed.Cluster.LeaderOf(spec.Topics[0].Name, 0)).ToArray();
        try
        {
            Array.ForEach(followers, testbed.Cluster.PauseBroker);
            var sent = run.Counters.Sent;
            await run.Until(() => deliveryTimeout is null ? run.Counters.Sent > sent + 600 : run.Counters.Indeterminate > 100, "records find no quorum");
        }
        finally
        {
            Array.ForEach(followers, testbed.Cluster.ResumeBroker);
        }

        await run.AckedAsync(run.Counters.Acked + 200);
        await run.DrainAsync();
        var counters = run.Counters;
        Assert.Equal(0, counters.Failed);
        Assert.InRange(counters.Received, counters.Acked, counters.Acked + counters.Indeterminate);
        Assert.Empty(counters.Anomalies);
        if (deliveryTimeout is null)
            Assert.Equal(counters.Sent, counters.Acked);
    }

    [Fact]
    public async Task RecordTooLargeForTheTopic_DefinitelyFailed()
    {
        var spec = await Loads.WithTopicAsync(testbed.BootstrapServers, partitions: 1, replication: 1, ("max.message.bytes", "300"));
        await using var run = await LoadRun.StartAsync(spec with { RecordSizeBytes = 1024, RatePerSecond = 50 });
        await run.Until(() => run.Counters.Failed > 20, "the broker refuses");
        await run.StopProducingAsync();

        Assert.Equal(run.Counters.Sent, run.Counters.Failed);
    }

    [Fact]
    public async Task Acks0_EverySendIsIndeterminate()
    {
        var spec = await Loads.WithTopicAsync(testbed.BootstrapServers);
        await using var run = await LoadRun.StartAsync(spec with { Acks = 0, Guarantee = Guarantee.AtMostOnce });
        await run.ReceivedAsync(1000);
        await run.StopProducingAsync();

        Assert.Equal(0, run.Counters.Acked);
        Assert.Equal(run.Counters.Sent, run.Counters.Indeterminate);
    }

    [Fact]
    public async Task LogEndsBelowThePosition_IsARegression()
    {
        var spec = await Loads.WithTopicAsync(testbed.BootstrapServers, partitions: 1);
        await using var run = await LoadRun.StartAsync(spec with
        {
            RatePerSecond = 10,
            Producers = [],
            ResumeFrom = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(EvidenceJson.Write(Past(spec, nextOffset: 5000))),
        });

        await run.Until(() => run.Counters.Anomalies.ContainsKey("log-regression"), "the regression is noticed");
        await run.Until(() => run.Load.Status().Positions[0].NextOffset == 0, "the consumer goes on at the end of the log");
    }

    [Fact]
    public async Task Members_OneLeaves_TheOtherReadsOn()
    {
        var spec = await Loads.WithTopicAsync(testbed.BootstrapServers) with { Assignment = Assignment.Subscribe };
        await using var one = await LoadRun.StartAsync(spec);
        var two = await LoadRun.StartAsync(spec with { Producers = [], Consumers = [spec.Consumers[0] with { Name = "w1-c0" }] });
        await one.Until(() => two.Load.Status().Positions.Count == 2 && one.Load.Status().Positions.Count == 2, "each has two partitions");
        await two.ReceivedAsync(500);
        await two.Load.StopConsumingAsync(CancellationToken.None);
        var left = await two.StoredCutAsync();
        await two.DisposeAsync();

        await one.Until(() => one.Load.Status().Positions.Count == 4, "the other has all partitions");
        await one.StopProducingAsync();
        await one.Until(() => one.Load.Status().Positions.Sum(position => position.NextOffset) == one.Counters.Acked, "everything is read");
        await one.Load.StopConsumingAsync(CancellationToken.None);
        var stayed = await one.StoredCutAsync();

        Assert.True(left.Consumers.Received() + stayed.Consumers.Received() >= one.Counters.Acked);
        Assert.Empty(left.Consumers.Concat(stayed.Consumers).Anomalies());
        Assert.All(left.Consumers.Concat(stayed.Consumers).SelectMany(consumer => consumer.Partitions).SelectMany(partition => partition.Ownerships), owned => Assert.NotNull(owned.To));
    }

    [Fact]
    public async Task Throughput_ZeroAndBack_KeepsToIt()
    {
        var spec = await Loads.WithTopicAsync(testbed.BootstrapServers);
        await using var run = await LoadRun.StartAsync(spec with { RatePerSecond = null });
        await run.AckedAsync(5000);
        await run.Load.ChangeThroughputAsync(0);
        await run.Until(() => run.Counters is { Sent: var sent, Acked: var acked } && sent == acked, "sends come to an end");
        var paused = run.Counters.Sent;
        await run.StoredCutAsync();
        Assert.Equal(paused, run.Counters.Sent);

        await run.Load.ChangeThroughputAsync(1000);
        await run.AckedAsync(paused + 500);
    }

    [Fact]
    public async Task Measurement_BeginsAnew_LeavesOutWhatWasBefore()
    {
        await using var run = await LoadRun.StartAsync(await Loads.WithTopicAsync(testbed.BootstrapServers));
        await run.ReceivedAsync(2000);
        await run.Load.BeginMeasurementAsync();
        await run.ReceivedAsync(run.Counters.Received + 1000);
        var evidence = await run.DrainAsync();

        Assert.InRange(evidence.PublishLatency.Count, 500, run.Counters.Acked - 1500);
        Assert.InRange(evidence.EndToEndLatency.Count, 500, run.Counters.Acked - 1500);
    }

    [Fact]
    public async Task Topic_OtherPartitionCountThanTheSpec_IsRefused()
    {
        var spec = await Loads.WithTopicAsync(testbed.BootstrapServers, partitions: 2);
        await using var load = new KafkaLoad(TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

        var refusal = await Assert.ThrowsAsync<LoadException>(() => load.InitialiseAsync(
            spec with { Topics = [spec.Topics[0] with { Partitions = 3 }] }, CancellationToken.None));
        Assert.Contains("2 partitions", refusal.Message, StringComparison.Ordinal);
    }

    private static WorkerEvidence Past(LoadSpec spec, long nextOffset) => new()
    {
        Run = spec.RunId,
        Worker = "w0",
        Epoch = 1,
        Number = 1,
        At = DateTimeOffset.UnixEpoch,
        Consumers =
        [
            new ConsumerEvidence
            {
                Name = spec.Consumers[0].Name,
                Isolation = Isolation.ReadCommitted,
                Partitions = [new PartitionEvidence { Topic = spec.Topics[0].Name, TopicId = 1, Partition = 0, NextOffset = nextOffset }],
            },
        ],
    };
}
