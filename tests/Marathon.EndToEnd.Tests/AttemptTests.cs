using Marathon.Cli.Processes;
using Marathon.Cli.Terminal;
using Marathon.EndToEnd.Tests.Fixture;
using Marathon.Reports;

namespace Marathon.EndToEnd.Tests;

/// <summary>An attempt that is given up, with real processes: what it had goes, and another one begins.</summary>
public sealed class AttemptTests : IDisposable
{
    private const string Spec = """
        scenario: tail-read
        workers: 2
        quorum: 2
        maxReplacements: 0
        maxAttempts: 2
        duration: 5s
        config: { warmup: 0s, ratePerSecond: 200 }
        """;

    private readonly Sandbox sandbox = new();

    [Fact]
    public async Task WorkerIsLost_TheFleetIsBelowItsQuorum_TheRunPassesAtItsSecondAttempt()
    {
        await File.WriteAllTextAsync(sandbox["spec.yaml"], Spec);
        using RunningCommand run = sandbox.Start("run", sandbox["spec.yaml"], "--json");
        string id = await run.RunIdAsync();
        await run.WaitForAsync(" loading");
        ProcessIdentity cluster = Assert.Single(sandbox.Processes("Marathon.Testbed"));

        Assert.Single(sandbox.Processes("Marathon.Worker", "--run " + id, "--worker w1")).Send(Signal.Kill);
        await run.WaitForAsync("attempt 1 was given up");
        Assert.False(cluster.IsAlive);
        Assert.Empty(sandbox.Processes("Marathon.Worker"));

        Report report = (await run.EndAsync()).Exits(ExitCode.Pass).Report;
        Assert.Equal(["failed", "finished"], report.Attempts.Select(a => a.Outcome));
        Assert.Contains("only 1 workers are left", report.Attempts[0].Reason, StringComparison.Ordinal);
        Assert.True(report.Attempts[1].StartedAt >= report.Attempts[0].EndedAt + TimeSpan.FromSeconds(10), "the second attempt waits");
        Assert.Equal([(1, "interrupted"), (1, "finished"), (2, "finished"), (2, "finished")], report.Stages.Where(s => s.Name is "workload" or "cleanup").Select(s => (s.Attempt, s.Outcome)));
        Assert.Equal(report.Records.Acked, report.Records.Received);
        await sandbox.AssertNothingIsLeftAsync("spec.yaml");
    }

    public void Dispose() => sandbox.Dispose();
}
