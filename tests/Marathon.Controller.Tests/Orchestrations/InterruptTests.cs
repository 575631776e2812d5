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

    [Theory]
    [InlineData("preparing", WorkerCommand.Initialise)]
    [InlineData("warming", WorkerCommand.Start)]
    [InlineData("loading", WorkerCommand.Measure)]
    [InlineData("draining", WorkerCommand.Stop)]
    public async Task An_interrupt_does_not_wait_for_workers_that_do_not_answer(string state, WorkerCommand command)
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        bool asked = false;
        world.Fleet.FirstAnswersAfter = c => (asked |= c == command) && c == command ? TimeSpan.FromSeconds(20) : TimeSpan.Zero;
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(5), default);
        await UntilAsync(world, () => asked);
        Assert.Equal(state, await world.StateAsync(run.RunId));

        await AssertStopsAtOnceAsync(world, run.RunId);
    }

    [Theory]
    [InlineData(RunSignalKind.Pause)]
    [InlineData(RunSignalKind.Throughput)]
    public async Task An_interrupt_does_not_wait_for_what_the_run_was_told_before(RunSignalKind before)
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        bool asked = false;
        world.Fleet.FirstAnswersAfter = c => (asked |= c == WorkerCommand.Throughput) && c == WorkerCommand.Throughput ? TimeSpan.FromSeconds(20) : TimeSpan.Zero;
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(3600), default);
        await world.UntilStateAsync(run.RunId, "loading");
        await world.TellAsync(run.RunId, new RunSignal(before, RatePerSecond: 17));
        await UntilAsync(world, () => asked);

        await AssertStopsAtOnceAsync(world, run.RunId);
    }

    [Fact]
    public async Task An_interrupt_does_not_wait_for_a_cluster_that_does_not_answer()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(5), default);
        await world.UntilStateAsync(run.RunId, "loading");
        world.Cluster.AnswersAfter = TimeSpan.FromSeconds(40);
        await world.UntilStateAsync(run.RunId, "draining");
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(3));

        await AssertStopsAtOnceAsync(world, run.RunId);
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

    private static async Task UntilAsync(ControllerWorld world, Func<bool> condition)
    {
        for (int i = 0; i < 1000 && !condition(); i++)
        {
            await world.Time.AdvanceAsync(TimeSpan.FromMilliseconds(100));
        }

        Assert.True(condition());
    }

    private static async Task AssertStopsAtOnceAsync(ControllerWorld world, string runId)
    {
        DateTimeOffset told = world.Time.GetUtcNow();
        await world.TellAsync(runId, new RunSignal(RunSignalKind.Interrupt, "enough"));
        Report report = await world.FinishAsync(runId);

        Assert.Equal("interrupted", report.Outcome);
        Assert.Equal("interrupted", report.Stages[^2].Outcome);
        Assert.InRange((report.Stages[^2].EndedAt!.Value - told).TotalSeconds, 0, 2);
        Assert.Equal(("cleanup", "finished"), (report.Stages[^1].Name, report.Stages[^1].Outcome));
    }
}
