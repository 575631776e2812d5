using Marathon.Controller.Runs;
using Marathon.Controller.Tests.World;
using Marathon.Reports;
using Marathon.Scenarios;
using Marathon.Scenarios.TailRead;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Tests.Orchestrations;

public sealed class FailureTests
{
    [Fact]
    public async Task A_worker_that_refuses_its_load_makes_a_harness_fault_and_a_report()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        world.Fleet.Objection = (worker, command) => worker.Worker == "w1" && command == WorkerCommand.Initialise ? "it answered 400: no such compression" : null;
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(), default);

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal(("harness-fault", "failed"), (report.Verdict, report.Outcome));
        Assert.Contains("worker w1", report.Reason, StringComparison.Ordinal);
        Assert.Contains("no such compression", report.Reason, StringComparison.Ordinal);
        Assert.Equal(["failed", "finished"], report.Stages.Select(s => s.Outcome));
        Assert.False(world.Cluster.Provisioned);
    }

    [Fact]
    public async Task A_cluster_that_cannot_be_brought_up_makes_a_harness_fault_and_a_report()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        world.Cluster.ProvisionError = new InvalidOperationException("port 9092 is taken");
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(), default);

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal(("harness-fault", "failed"), (report.Verdict, report.Outcome));
        Assert.Contains("port 9092 is taken", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_dies_interrupts_the_attempt_and_the_report_says_so()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(), default);
        await world.UntilStateAsync(run.RunId, "loading");

        world.Cluster.DeathNote = "the testbed process 77 is gone";
        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal(("harness-fault", "failed"), (report.Verdict, report.Outcome));
        Assert.Contains("the testbed process 77 is gone", report.Reason, StringComparison.Ordinal);
        Assert.Equal("interrupted", report.Stages[2].Outcome);
    }

    [Fact]
    public async Task A_stage_that_takes_too_long_is_interrupted()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync(new RunSettings { StageSlack = TimeSpan.FromSeconds(1) }, Catalog<SlowScenario>());
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(5, scenario: "odd"), default);

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal("interrupted", report.Outcome);
        Assert.Contains("the workload stage took longer than its limit", report.Reason, StringComparison.Ordinal);
        Assert.Equal("finished", report.Stages[^1].Outcome);
    }

    [Fact]
    public async Task A_stage_that_does_not_listen_is_terminated_after_the_grace_period_and_cleanup_follows()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync(new RunSettings { StageSlack = TimeSpan.FromSeconds(1) }, Catalog<DeafScenario>());
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(5, scenario: "odd"), default);

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal("terminated", report.Stages[2].Outcome);
        Assert.Equal(("cleanup", "finished"), (report.Stages[^1].Name, report.Stages[^1].Outcome));
        Assert.Empty(world.Cluster.Topics);
    }

    [Fact]
    public async Task A_scenario_that_throws_fails_the_run_with_its_message()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync(catalog: Catalog<BrokenScenario>());
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(5, scenario: "odd"), default);

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal(("harness-fault", "failed"), (report.Verdict, report.Outcome));
        Assert.Contains("a bug in the scenario", report.Reason, StringComparison.Ordinal);
    }

    private static ScenarioCatalog Catalog<T>()
        where T : Scenario<TailReadConfig>, new() => new([new ScenarioDefinition<T, TailReadConfig>("odd", "", "")]);

    private sealed class SlowScenario : Scenario<TailReadConfig>
    {
        protected override Task WorkloadAsync(ScenarioContext<TailReadConfig> run) => run.DelayAsync(TimeSpan.FromDays(1));
    }

    private sealed class DeafScenario : Scenario<TailReadConfig>
    {
        protected override Task WorkloadAsync(ScenarioContext<TailReadConfig> run) => new TaskCompletionSource().Task;
    }

    private sealed class BrokenScenario : Scenario<TailReadConfig>
    {
        protected override Task WorkloadAsync(ScenarioContext<TailReadConfig> run) => throw new InvalidOperationException("a bug in the scenario");
    }
}
