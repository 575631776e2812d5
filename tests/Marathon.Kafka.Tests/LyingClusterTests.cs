using Marathon.Kafka.Rereading;
using Marathon.Testbed.Cluster;
using Marathon.Verification;
using Marathon.Workers.Load;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Kafka.Tests;

/// <summary>What clients of ours notice of a cluster that lies.</summary>
public sealed class LyingClusterTests
{
    [Fact]
    public async Task Reread_LeaderSaysThatThereIsMoreAndGivesNothing_IsWithheld()
    {
        await using var cluster = await LyingAsync("unseen:rate=1");
        var spec = await Loads.WithTopicAsync(cluster.BootstrapServers, partitions: 1);
        await using var run = await LoadRun.StartAsync(spec);
        await run.AckedAsync(500);
        await run.Until(() => cluster.CommittedLies["unseen"] == 1, "the lie is told");
        await run.StopProducingAsync();
        var from = run.Load.Status().Positions.Single().NextOffset;
        var reader = new RangeReader(spec.BootstrapServers, spec.ClientProperties, TimeProvider.System, NullLogger.Instance);

        var reading = await reader.ReadAsync(
            spec.RunId, 1, new RereadRequest(spec.Topics[0].Name, 0, from, RereadRequest.ToEnd, 0, "test"), Isolation.ReadCommitted, "rereader", TimeSpan.FromSeconds(2), CancellationToken.None);

        Assert.Equal(from, reading.GoOnAt);
        Assert.Equal(new WithheldOffsets(0, from, run.Counters.Acked, 1, 2), reading.Withheld);
    }

    [Fact]
    public async Task Read_TheLastOffsetsHoldNoRecord_ThePositionPassesThemAllTheSame()
    {
        await using var cluster = await LyingAsync("lost-acked-write:rate=1");
        var spec = await Loads.WithTopicAsync(cluster.BootstrapServers, partitions: 1) with { RatePerSecond = 20 };
        await using var run = await LoadRun.StartAsync(spec);
        await run.AckedAsync(30);
        await run.StopProducingAsync();

        await run.Until(() => run.Load.Status().Positions.Single().NextOffset >= run.Counters.Acked, "the position is at the end");

        Assert.True(run.Counters.Received < run.Counters.Acked, "nothing was lost");
    }

    [Fact]
    public async Task Subscribe_CommitsThatWentBack_AreAllNotedTheLatestToo()
    {
        await using var cluster = await LyingAsync("commit-regression:rate=1");
        var spec = await Loads.WithTopicAsync(cluster.BootstrapServers) with { Assignment = Assignment.Subscribe };
        await using var run = await LoadRun.StartAsync(spec);
        await run.ReceivedAsync(2000);
        await run.StoredCutAsync();
        await run.StopProducingAsync();

        await run.Load.StopConsumingAsync(CancellationToken.None);
        var last = await run.StoredCutAsync();

        var told = cluster.CommittedLies["commit-regression"];
        Assert.True(told > 0, "nobody asked what was committed");
        Assert.Equal(told, last.Anomalies.Where(tally => tally.Kind == AnomalyKind.CommitRegression).Sum(tally => tally.Count));
    }

    private static Task<TestbedCluster> LyingAsync(string lie) => TestbedCluster.StartAsync(new TestbedOptions { Brokers = 1, Seed = 5, Lies = [lie] });
}
