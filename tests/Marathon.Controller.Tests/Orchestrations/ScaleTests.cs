using Marathon.Controller.Orchestrations;
using Marathon.Controller.Runs;
using Marathon.Controller.Tests.World;
using Marathon.Reports;
using Marathon.Scenarios;
using Marathon.Scenarios.TailRead;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Tests.Orchestrations;

public sealed class ScaleTests
{
    private static readonly (string, object)[] s_config = [("ratePerSecond", 1200), ("churn.workers", 2), ("churn.every", "20s")];

    [Fact]
    public async Task A_fleet_grows_and_shrinks_in_mid_run_and_the_load_is_shared_anew()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(70, scenario: "group-churn", config: s_config), default);
        await world.UntilStateAsync(run.RunId, "loading");
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(35));
        Assert.Equal([300, 300, 300, 300], world.Fleet.Workers.Where(w => w.Alive).Select(w => w.Rate));
        Assert.Equal([WorkerCommand.Initialise, WorkerCommand.Measure, WorkerCommand.Throughput, WorkerCommand.Start], world.Fleet["w3"].Commands.Take(4));

        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(20));
        Assert.Equal([("w0", 600), ("w1", 600)], world.Fleet.Workers.Where(w => w.Alive).Select(w => (w.Worker, w.Rate)));
        Assert.Equal(WorkerCommand.Shutdown, world.Fleet["w3"].Commands[^1]);

        Report report = await world.FinishAsync(run.RunId);

        Assert.True(report.Outcome == "finished", report.Reason);
        Assert.Equal("pass", report.Verdict);
        Assert.Equal(
            [("w0", 1, "done"), ("w1", 1, "done"), ("w2", 1, "drained"), ("w3", 1, "drained"), ("w2", 2, "done"), ("w3", 2, "done")],
            report.Workers.Select(w => (w.Id, w.Epoch, w.End)));
        Assert.All(report.Workers, w => Assert.Null(w.ReplacedBy));
        Assert.All(world.Fleet.Workers, w => Assert.False(w.Alive));
    }

    [Fact]
    public async Task A_worker_that_does_not_go_is_ended_and_one_that_dies_while_it_comes_is_replaced()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        bool killed = false;
        world.Fleet.Objection = (worker, command) =>
        {
            if (worker is { Worker: "w2", Epoch: 1 } && command == WorkerCommand.Measure && !killed)
            {
                killed = true;
                worker.Kill();
                return "connection reset";
            }

            return worker.Worker == "w3" && command == WorkerCommand.Shutdown ? "no answer" : null;
        };
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(50, scenario: "group-churn", config: s_config), default);

        Report report = await world.FinishAsync(run.RunId);

        Assert.True(report.Outcome == "finished", report.Reason);
        Assert.Equal([("killed", 2), ("drained", null)], report.Workers.Where(w => w.Id == "w2").Select(w => (w.End, w.ReplacedBy)));
        Assert.Equal(("killed", null), report.Workers.Where(w => w.Id == "w3").Select(w => (w.End, w.ReplacedBy)).Single());
        Assert.False(world.Fleet["w3"].Alive);
    }

    [Fact]
    public async Task Workers_that_do_not_come_cost_the_attempt_and_not_the_run()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync(new RunSettings { MaxReplacements = 0 });
        world.Fleet.Objection = (worker, command) => worker is { Worker: "w3", Epoch: 1 } && command == WorkerCommand.Initialise ? "no answer" : null;
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(50, scenario: "group-churn", config: s_config), default);

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal(["failed", "finished"], report.Attempts.Select(a => a.Outcome));
        Assert.Contains("1 of 4 workers were not ready", report.Attempts[0].Reason, StringComparison.Ordinal);
        Assert.Equal("finished", report.Outcome);
    }

    [Fact]
    public async Task Workers_that_own_partitions_cannot_be_sent_away()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync(
            catalog: new ScenarioCatalog([new ScenarioDefinition<ShrinkingScenario, TailReadConfig>("shrinking", "", "")]));
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(5, scenario: "shrinking"), default);

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal("failed", report.Outcome);
        Assert.Contains("assignment=subscribe", report.Reason, StringComparison.Ordinal);
        Assert.Single(report.Attempts);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_controller_that_dies_while_the_fleet_changes_brings_it_to_its_size(int seed)
    {
        Random random = new(seed);
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(50, scenario: "group-churn", config: s_config), default);
        await world.UntilStateAsync(run.RunId, "loading");
        for (int crash = 0; crash < 4; crash++)
        {
            Task advance = world.Time.AdvanceAsync(TimeSpan.FromSeconds(10 + (random.NextDouble() * 3)));
            if (random.Next(2) == 0)
            {
                await advance;
            }

            await world.KillControllerAsync();
            await world.StartControllerAsync();
            await advance;
        }

        Report report = await world.FinishAsync(run.RunId);

        Assert.True(report.Outcome == "finished", report.Reason);
        Assert.Equal(4, world.Fleet.Starts);
        Assert.Equal(["done", "done", "drained", "drained"], report.Workers.Select(w => w.End));
        Assert.Equal((1, 1), (world.Cluster.Provisions, world.Cluster.Releases));
    }

    [Fact]
    public async Task An_interrupt_while_the_fleet_changes_leaves_nobody_behind()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        world.Fleet.Objection = (worker, command) => worker.Worker == "w3" && command == WorkerCommand.Initialise ? "no answer" : null;
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(50, scenario: "group-churn", config: s_config), default);
        await world.UntilStateAsync(run.RunId, "loading");
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(30));
        await world.TellAsync(run.RunId, new RunSignal(RunSignalKind.Interrupt, "enough"));

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal("interrupted", report.Outcome);
        Assert.Equal(4, report.Workers.Count);
        Assert.All(world.Fleet.Workers, w => Assert.False(w.Alive));
    }

    private sealed class ShrinkingScenario : Scenario<TailReadConfig>
    {
        protected override Task WorkloadAsync(ScenarioContext<TailReadConfig> run) => run.Fleet.ScaleAsync(1);
    }
}
