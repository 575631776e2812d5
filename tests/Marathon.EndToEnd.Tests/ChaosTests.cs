using System.Globalization;
using Marathon.Cli.Processes;
using Marathon.Cli.Terminal;
using Marathon.EndToEnd.Tests.Fixture;
using Marathon.Reports;
using Xunit.Abstractions;

namespace Marathon.EndToEnd.Tests;

/// <summary>A cluster that suffers and is sound gets no false alarm, and no excuse either: the verdict is pass.</summary>
public sealed class ChaosTests(ITestOutputHelper output) : IDisposable
{
    private const int Workers = 3;
    private const int RatePerSecond = 1500;
    private readonly Sandbox sandbox = new();

    [Theory]
    [InlineData("range", "idempotent")]
    [InlineData("cooperative-sticky", "exactly-once")]
    public async Task BrokersAndWorkersDie_ConsumersRebalance_Passes(string strategy, string guarantee)
    {
        using RunningCommand run = sandbox.Start(
            "run", "chaos", "--duration", "18s", "--workers", $"{Workers}", "--seed", "3", "--json", "--set", "warmup=1s", "--set", $"ratePerSecond={RatePerSecond}",
            "--set", "partitions=6", "--set", "keys=64", "--set", "faultFor=3s", "--set", "calmFor=3s", "--set", "recoverWithin=10m", "--set", $"guarantee={guarantee}",
            "--set", "assignment=subscribe", "--set", "consumers=2", "--set", $"consumer.partition.assignment.strategy={strategy}");
        string id = await run.RunIdAsync();
        await run.WaitForAsync(" loading");
        List<(int Pid, DateTimeOffset At)> killed = [];
        for (int kill = 0; kill < 2; kill++)
        {
            await Eventually.HoldsAsync(() => WorkersOf(id).Count(w => killed.All(k => k.Pid != w.Pid)) == Workers, "every worker lives");
            killed.Add((WorkersOf(id)[0].Pid, TimeProvider.System.GetUtcNow()));
            WorkersOf(id)[0].Send(Signal.Kill);
        }

        Report report = (await run.EndAsync()).Exits(ExitCode.Pass).Report;

        output.WriteLine(Figures.Of(report));
        Assert.Equal(("pass", "finished"), (report.Verdict, report.Outcome));
        Assert.DoesNotContain(report.Anomalies, a => a.Policy == "violation");
        Assert.Equal((0, 0, report.Records.Acked), (report.Records.Unseen, report.Records.Lost, report.Records.Received));
        Assert.NotEmpty(report.Faults);
        Assert.All(report.Faults, f => Assert.NotNull(f.HealedAt));
        AssertIndeterminateWithinBound(report, killed);
        await sandbox.AssertNothingIsLeftAsync();
    }

    public void Dispose() => sandbox.Dispose();

    private List<ProcessIdentity> WorkersOf(string runId) => [.. sandbox.Processes("Marathon.Worker", "--run " + runId)];

    // A worker may leave in the dark what it sent since its last checkpoint and until its death was noticed, and what its
    // schedule had held back while a broker was away.
    private static void AssertIndeterminateWithinBound(Report report, List<(int Pid, DateTimeOffset At)> killed)
    {
        TimeSpan checkpointInterval = TimeSpan.FromSeconds(2);
        double heldBackSeconds = report.Faults.Max(f => f.UnavailableForSeconds ?? 0);
        double seconds = killed.Sum(k =>
            (checkpointInterval + (report.Workers.Single(w => w.Pid == k.Pid).EndedAt!.Value - k.At)).TotalSeconds + heldBackSeconds);
        Assert.True(
            report.Records.Indeterminate <= seconds * RatePerSecond / Workers,
            string.Create(CultureInfo.InvariantCulture, $"{report.Records.Indeterminate} indeterminate records of {killed.Count} workers within {seconds:0.0} s at {RatePerSecond / Workers} records/s each"));
    }
}
