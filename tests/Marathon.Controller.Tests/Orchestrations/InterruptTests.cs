using Marathon.Controller.Orchestrations;
using Marathon.Controller.Runs;
using Marathon.Controller.Tests.World;
using Marathon.Reports;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Tests.Orchestrations;

public sealed class InterruptTests
{
    [Theory]
    [InlineData("preparing")]
    [InlineData("warming")]
    [InlineData("loading")]
    [InlineData("draining")]
    public async Task An_interrupted_run_cleans_up_and_reports(string state)
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        if (state == "preparing")
        {
            world.Fleet.Objection = (_, command) => command == WorkerCommand.Initialise ? "no answer within 20 s" : null;
        }

        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(), default);
        await world.UntilStateAsync(run.RunId, state);

        await world.TellAsync(run.RunId, new RunSignal(RunSignalKind.Interrupt, "somebody pressed Ctrl-C"));
        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal("interrupted", report.Outcome);
        Assert.Contains("somebody pressed Ctrl-C", report.Reason, StringComparison.Ordinal);
        Assert.Equal("interrupted", report.Stages[^2].Outcome);
        Assert.Equal(("cleanup", "finished"), (report.Stages[^1].Name, report.Stages[^1].Outcome));
        Assert.Empty(world.Cluster.Topics);
        Assert.False(world.Cluster.Provisioned);
        Assert.All(world.Fleet.Workers, w => Assert.False(w.Alive));
    }

    [Fact]
    public async Task An_interrupt_ends_the_workload_at_once()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(3600), default);
        await world.UntilStateAsync(run.RunId, "loading");
        DateTimeOffset told = world.Time.GetUtcNow();

        await world.TellAsync(run.RunId, new RunSignal(RunSignalKind.Interrupt, "enough"));
        Report report = await world.FinishAsync(run.RunId);

        Assert.InRange((report.Stages[2].EndedAt!.Value - told).TotalSeconds, 0, 2);
        Assert.InRange((report.EndedAt - told).TotalSeconds, 0, 60);
    }

    [Fact]
    public async Task Cleanup_is_not_interrupted()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        world.Fleet.Objection = (_, command) => command == WorkerCommand.Shutdown ? "no answer within 20 s" : null;
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(5), default);
        await world.UntilStateAsync(run.RunId, "cleaning");

        await world.TellAsync(run.RunId, new RunSignal(RunSignalKind.Interrupt, "impatience"));
        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal("finished", report.Outcome);
        Assert.Equal("finished", report.Stages[^1].Outcome);
        Assert.Empty(world.Cluster.Topics);
    }
}
