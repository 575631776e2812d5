using Marathon.Controller.Orchestrations;
using Marathon.Controller.Runs;
using Marathon.Controller.Tests.World;
using Marathon.Reports;

namespace Marathon.Controller.Tests.Orchestrations;

public sealed class PauseTests
{
    [Fact]
    public async Task A_pause_sets_the_rate_to_zero_and_stops_the_stage_clock()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(30, config: [("ratePerSecond", 1000)]), default);
        await world.UntilStateAsync(run.RunId, "loading");
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(10));

        await world.TellAsync(run.RunId, new RunSignal(RunSignalKind.Pause));
        await world.UntilStateAsync(run.RunId, "paused");
        await world.Time.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal("paused", await world.StateAsync(run.RunId));
        Assert.All(world.Fleet.Workers, w => Assert.Equal(0, w.Rate));

        await world.TellAsync(run.RunId, new RunSignal(RunSignalKind.Resume));
        await world.UntilStateAsync(run.RunId, "loading");
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.All(world.Fleet.Workers, w => Assert.Equal(500, w.Rate));
        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal("finished", report.Outcome);
        Assert.InRange((report.Stages[2].EndedAt - report.Stages[2].StartedAt)!.Value.TotalSeconds, 3600 + 30, 3600 + 50);
    }

    [Fact]
    public async Task A_pause_heals_faults()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(
            ControllerWorld.Spec(60, scenario: "broker-failure", config: [("faultAfter", "5s"), ("faultFor", "40s")]), default);
        await world.UntilStateAsync(run.RunId, "loading");
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(8));
        Assert.Single(world.Cluster.BrokenBrokers);

        await world.TellAsync(run.RunId, new RunSignal(RunSignalKind.Pause));
        await world.UntilStateAsync(run.RunId, "paused");
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(2));

        Assert.Empty(world.Cluster.BrokenBrokers);
        await world.TellAsync(run.RunId, new RunSignal(RunSignalKind.Resume));
        Assert.Equal("finished", (await world.FinishAsync(run.RunId)).Outcome);
    }

    [Fact]
    public async Task A_paused_run_can_be_interrupted()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(), default);
        await world.UntilStateAsync(run.RunId, "loading");
        await world.TellAsync(run.RunId, new RunSignal(RunSignalKind.Pause));
        await world.UntilStateAsync(run.RunId, "paused");

        await world.TellAsync(run.RunId, new RunSignal(RunSignalKind.Interrupt, "enough"));

        Assert.Equal("interrupted", (await world.FinishAsync(run.RunId)).Outcome);
    }

    [Fact]
    public async Task A_new_rate_is_shared_among_the_workers()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(30, config: [("ratePerSecond", 1000)]), default);
        await world.UntilStateAsync(run.RunId, "loading");

        await world.TellAsync(run.RunId, new RunSignal(RunSignalKind.Throughput, RatePerSecond: 4000));
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.All(world.Fleet.Workers, w => Assert.Equal(2000, w.Rate));
        Assert.Equal("finished", (await world.FinishAsync(run.RunId)).Outcome);
    }
}
