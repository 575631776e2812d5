using System.Globalization;
using Marathon.Cli.Processes;
using Marathon.Cli.Terminal;
using Marathon.EndToEnd.Tests.Fixture;
using Marathon.Reports;
using Xunit.Abstractions;

namespace Marathon.EndToEnd.Tests;

public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string[] s_long = ["run", "tail-read", "--duration", "10s", "--set", "warmup=1s", "--set", "ratePerSecond=500", "--json"];
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(10);
    private readonly Sandbox sandbox = new();

    [Fact]
    public async Task WorkerIsKilled_IsReplaced_AndNothingIsLost()
    {
        using RunningCommand run = sandbox.Start(s_long);
        await run.WaitForAsync(" loading");
        ProcessIdentity victim = Assert.Single(sandbox.Processes("Marathon.Worker", "--run " + await run.RunIdAsync(), "--data " + sandbox.Data, "--worker w1"));

        victim.Send(Signal.Kill);

        Report report = (await run.EndAsync()).Exits(ExitCode.Pass).Report;
        WorkerReport killed = Assert.Single(report.Workers, w => w.End == "killed");
        Assert.Equal(("w1", victim.Pid, 2), (killed.Id, killed.Pid, killed.ReplacedBy));
        Assert.Equal(report.Records.Acked, report.Records.Received);
        Assert.Equal(0, report.Records.Lost);
        await sandbox.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task TestbedIsKilled_StillReports_AHarnessFault()
    {
        using RunningCommand run = sandbox.Start(s_long);
        await run.WaitForAsync(" loading");

        Assert.Single(sandbox.Processes("Marathon.Testbed")).Send(Signal.Kill);

        CommandResult result = (await run.EndAsync()).Exits(ExitCode.HarnessFault);
        Assert.Equal("failed", result.Report.Outcome);
        Assert.Contains("cluster", result.Report.Reason, StringComparison.Ordinal);
        await sandbox.AssertNothingIsLeftAsync();
    }

    [Theory]
    [InlineData("preparing")]
    [InlineData("warming")]
    [InlineData("loading")]
    [InlineData("draining")]
    [InlineData("cleaning")]
    public async Task ControllerIsKilled_AttachGoesOnToTheEnd(string state)
    {
        using RunningCommand run = sandbox.Start(s_long);
        string id = await run.RunIdAsync();
        await run.WaitForAsync($" {state}");

        run.Send(Signal.Kill);
        await run.EndAsync();
        Assert.Contains("unfinished", (await sandbox.RunAsync("status", id)).Exits(ExitCode.Pass).Out, StringComparison.Ordinal);
        CommandResult attached = (await sandbox.RunAsync("run", "--attach", id, "--json")).Exits(ExitCode.Pass);

        Assert.Equal(id, attached.Report.RunId);
        Assert.Single(attached.Report.Attempts);
        Assert.Equal(attached.Report.Records.Acked, attached.Report.Records.Received);
        Assert.All(attached.Report.Workers, w => Assert.Equal(("done", 1), (w.End, w.Epoch)));
        await sandbox.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Everything_IsKilled_AttachStillReports()
    {
        using RunningCommand run = sandbox.Start(s_long);
        string id = await run.RunIdAsync();
        await run.WaitForAsync(" loading");

        run.Send(Signal.Kill);
        foreach (ProcessIdentity process in sandbox.Processes())
        {
            process.Send(Signal.Kill);
        }

        await run.EndAsync();
        CommandResult attached = (await sandbox.RunAsync("run", "--attach", id, "--json")).Exits(ExitCode.HarnessFault);

        Assert.Equal("failed", attached.Report.Outcome);
        await sandbox.AssertNothingIsLeftAsync();
    }

    [Fact]
    public Task NoControllerComesBack_TestbedAndWorkersEndWithTheirLease() => EverythingEndsWithItsLeaseAsync(["Marathon.Testbed"]);

    [KafkaTheory]
    [MemberData(nameof(KafkaHomes.Newest), MemberType = typeof(KafkaHomes))]
    public Task NoControllerComesBack_KafkaItsKeeperAndWorkersEndWithTheirLease(string home) =>
        EverythingEndsWithItsLeaseAsync(["Marathon.Cli keeper", "java", "java", "java"], "--cluster", "kafka", "--kafka-home", home);

    [Theory]
    [InlineData(Signal.Interrupt)]
    [InlineData(Signal.Terminate)]
    public async Task OneSignal_InterruptsCleansUpAndReports(Signal signal)
    {
        using RunningCommand run = sandbox.Start(s_long);
        await run.WaitForAsync(" loading");

        run.Send(signal);

        CommandResult result = (await run.EndAsync()).Exits(ExitCode.Interrupted);
        Assert.Equal("interrupted", result.Report.Outcome);
        Assert.True(result.Report.Records.Acked > 0);
        Assert.Equal(result.Report.Records.Acked, result.Report.Records.Received);
        await sandbox.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task TwoSignals_LeaveNow_AndSayWhatIsLeft()
    {
        using RunningCommand run = sandbox.Start(s_long);
        string id = await run.RunIdAsync();
        await run.WaitForAsync(" loading");

        run.Send(Signal.Interrupt);
        await run.WaitForAsync("once more leaves now");
        run.Send(Signal.Interrupt);

        CommandResult left = (await run.EndAsync()).Exits(ExitCode.Interrupted);
        Assert.Contains($"marathon run --attach {id}", left.Error, StringComparison.Ordinal);
        Assert.All(sandbox.Processes(), p => Assert.Contains($"(pid {p.Pid.ToString(CultureInfo.InvariantCulture)})", left.Error, StringComparison.Ordinal));

        // What it had been told before is still so for whoever goes on.
        CommandResult attached = (await sandbox.RunAsync("run", "--attach", id, "--json")).Exits(ExitCode.Interrupted);
        Assert.Equal("interrupted", attached.Report.Outcome);
        await sandbox.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task RunCannotBePrepared_FailsWithAReport()
    {
        CommandResult result = (await sandbox.RunAsync("run", "tail-read", "--duration", "2s", "--set", "replication=9", "--json")).Exits(ExitCode.HarnessFault);

        Assert.Equal(("failed", "harness-fault"), (result.Report.Outcome, result.Report.Verdict));
        Assert.Contains("replic", result.Report.Reason, StringComparison.OrdinalIgnoreCase);
        await sandbox.AssertNothingIsLeftAsync();
    }

    public void Dispose() => sandbox.Dispose();

    private async Task EverythingEndsWithItsLeaseAsync(string[] cluster, params string[] arguments)
    {
        using RunningCommand run = sandbox.Start([.. s_long, "--lease", $"{s_lease.TotalSeconds}s", .. arguments]);
        await run.WaitForAsync(" loading");
        Assert.All(cluster.Distinct(), name => Assert.Equal(cluster.Count(n => n == name), sandbox.Processes(name).Count));
        Assert.Equal(2, sandbox.Processes("Marathon.Worker").Count);

        run.Send(Signal.Kill);
        long since = TimeProvider.System.GetTimestamp();
        await run.EndAsync();

        await Eventually.HoldsAsync(() => sandbox.Processes().Count == 0, "testbed and workers end by themselves");
        output.WriteLine($"with a lease of {s_lease.TotalSeconds} s the last process ended {TimeProvider.System.GetElapsedTime(since).TotalSeconds:0.0} s after the controller");
        string logs = string.Concat(Directory.EnumerateFiles(sandbox.Data, "*.log", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.Contains("lease", logs, StringComparison.OrdinalIgnoreCase);
    }
}
