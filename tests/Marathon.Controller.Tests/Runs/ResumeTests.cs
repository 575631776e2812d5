using Marathon.Controller.Runs;
using Marathon.Controller.Tests.World;
using Marathon.Reports;

namespace Marathon.Controller.Tests.Runs;

/// <summary>What a new controller makes of runs that have no end.</summary>
public sealed class ResumeTests
{
    [Fact]
    public async Task A_run_whose_orchestration_is_gone_is_reported_and_not_run_again()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await AddAsync(world, r => r.Begin(new AttemptReport(1, r.CreatedAt, null, "running", null)));
        await world.Time.AdvanceAsync(TimeSpan.FromDays(31));

        await world.KillControllerAsync();
        await world.StartControllerAsync();

        Report report = await world.ReportAsync(run.RunId);
        Assert.Equal(("failed", "harness-fault"), (report.Outcome, report.Verdict));
        Assert.Contains("orchestration is gone", report.Reason, StringComparison.Ordinal);
        Assert.Null(await world.Client.GetInstanceAsync(run.RunId));
        Assert.Equal("finished", await world.StateAsync(run.RunId));
    }

    [Fact]
    public async Task A_run_whose_orchestration_ended_without_a_report_is_reported()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(3600), default);
        await world.UntilStateAsync(run.RunId, "loading");
        await world.Client.TerminateInstanceAsync(run.RunId);
        await world.Time.IdleAsync();

        await world.KillControllerAsync();
        await world.StartControllerAsync();

        Report report = await world.ReportAsync(run.RunId);
        Assert.Equal("harness-fault", report.Verdict);
        Assert.Contains("ended without a report: Terminated", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_nobody_began_for_a_week_is_reported_and_not_begun()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await AddAsync(world, r => r);
        await world.KillControllerAsync();
        await world.Time.AdvanceAsync(TimeSpan.FromDays(8));
        await world.StartControllerAsync();

        Assert.Contains("no controller began it", (await world.ReportAsync(run.RunId)).Reason, StringComparison.Ordinal);
        Assert.Equal(0, world.Cluster.Provisions);
    }

    private static async Task<RunRecord> AddAsync(ControllerWorld world, Func<RunRecord, RunRecord> change)
    {
        RunRecord run = change(new RunRecord { RunId = "tail-read-x", Spec = ControllerWorld.Spec(5), CreatedAt = world.Time.GetUtcNow() });
        await world.Runs.CreateAsync(run, "token", default);
        return run;
    }
}
