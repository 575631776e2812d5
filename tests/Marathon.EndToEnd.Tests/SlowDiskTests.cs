using Marathon.Cli.Clusters;
using Marathon.Cli.Terminal;
using Marathon.EndToEnd.Tests.Fixture;
using Marathon.Reports;

namespace Marathon.EndToEnd.Tests;

/// <summary>Disks that take their time make a run slow, and nothing else.</summary>
public sealed class SlowDiskTests : IDisposable
{
    private const int WriteDelayMilliseconds = 300;
    private readonly Sandbox sandbox = new();

    [Fact]
    public async Task EveryDiskIsSlowForAWhile_NothingIsReported()
    {
        using RunningCommand run = sandbox.Start(
            "run", "tail-read", "--duration", "15s", "--json", "--set", "warmup=1s", "--set", "ratePerSecond=500", "--set", "partitions=3");
        string id = await run.RunIdAsync();
        await run.WaitForAsync(" loading");

        await SlowDisksAsync(id, WriteDelayMilliseconds);
        await Task.Delay(TimeSpan.FromSeconds(5));
        await SlowDisksAsync(id, 0);

        Report report = (await run.EndAsync()).Exits(ExitCode.Pass).Report;
        Assert.Empty(report.Anomalies);
        Assert.Equal((report.Records.Acked, 0, 0), (report.Records.Received, report.Records.Lost, report.Records.Unseen));
        Assert.True(report.Latency.Publish!.Max >= WriteDelayMilliseconds, $"the slowest was written within {report.Latency.Publish.Max} {report.Latency.Publish.Unit}");
        await sandbox.AssertNothingIsLeftAsync();
    }

    public void Dispose() => sandbox.Dispose();

    private async Task SlowDisksAsync(string runId, int milliseconds)
    {
        using ClusterControl control = (await new TestbedClusterProvider(sandbox.Data, TimeSpan.FromMinutes(1)).TryControlAsync(runId, default))!;
        for (int broker = 1; broker <= 3; broker++)
        {
            await control.ActAsync(broker, $"slow-disk?milliseconds={milliseconds}", default);
        }
    }
}
