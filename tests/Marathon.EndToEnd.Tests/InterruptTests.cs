using Marathon.Cli.Api;
using Marathon.Cli.Owner;
using Marathon.Cli.Terminal;
using Marathon.EndToEnd.Tests.Fixture;
using Marathon.Reports;
using Xunit.Abstractions;

namespace Marathon.EndToEnd.Tests;

/// <summary>Whatever a run is about, it stops at once when it is told to (two seconds is the promise; the time is printed), cleans up and reports.</summary>
public sealed class InterruptTests(ITestOutputHelper output) : IDisposable
{
    private readonly Sandbox sandbox = new();

    [Theory]
    [InlineData("preparing", "prepare")]
    [InlineData("warming", "warmup")]
    [InlineData("loading", "workload")]
    public async Task OnTheTestbed_TheStageStopsAtOnce(string state, string stage)
    {
        using RunningCommand run = Start("--set", state == "warming" ? "warmup=5m" : "warmup=0s");
        await run.WaitForAsync(" " + state);

        await InterruptAsync(run, stage);
    }

    [KafkaTheory]
    [MemberData(nameof(KafkaHomes.Newest), MemberType = typeof(KafkaHomes))]
    public async Task KafkaIsComingUp_NobodyWaitsForIt(string home)
    {
        using RunningCommand run = Start("--cluster", "kafka", "--kafka-home", home);
        await Eventually.HoldsAsync(() => sandbox.Processes("kafka.Kafka").Count > 0, "the first broker starts");

        Report report = await InterruptAsync(run, "prepare");

        Assert.Null(report.Cluster);
    }

    public void Dispose() => sandbox.Dispose();

    private RunningCommand Start(params string[] arguments) =>
        sandbox.Start(["run", "tail-read", "--duration", "10m", "--set", "ratePerSecond=500", "--json", .. arguments]);

    private async Task<Report> InterruptAsync(RunningCommand run, string stage)
    {
        string id = await run.RunIdAsync();
        ControllerFile owner = (await ControllerFile.ReadAsync(sandbox.Data, default))!;
        using MarathonClient client = new(owner.Url, owner.OperatorKey);
        DateTimeOffset told = TimeProvider.System.GetUtcNow();
        await client.PostAsync($"api/runs/{id}/interrupt", null, default);

        Report report = (await run.EndAsync()).Exits(ExitCode.Interrupted).Report;
        StageReport stopped = report.Stages.Single(s => s.Name == stage);
        Assert.Equal("interrupted", stopped.Outcome);
        output.WriteLine($"{stage} stopped {(stopped.EndedAt!.Value - told).TotalSeconds:0.00} s after the interrupt");
        Assert.Equal(("cleanup", "finished"), (report.Stages[^1].Name, report.Stages[^1].Outcome));
        await sandbox.AssertNothingIsLeftAsync();
        return report;
    }
}
