using Marathon.Controller.Orchestrations;
using Marathon.Controller.Runs;
using Marathon.Controller.Tests.World;
using Marathon.Reports;
using Marathon.Scenarios;
using Marathon.Scenarios.TailRead;
using Marathon.Scenarios.Toolkit;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Tests.Orchestrations;

public sealed class AttemptTests
{
    private static readonly RunSettings s_noReplacements = new() { MaxReplacements = 0 };

    [Fact]
    public async Task A_fleet_below_quorum_is_given_up_and_tried_again_with_topics_and_workers_of_its_own()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec() with { Quorum = 2, MaxReplacements = 0 }, default);
        await world.UntilStateAsync(run.RunId, "loading");
        world.Fleet["w1"].Kill();
        await world.UntilStateAsync(run.RunId, "pending");
        Assert.Empty(world.Cluster.Topics);
        Assert.All(world.Fleet.Workers, w => Assert.False(w.Alive));

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal(("finished", "pass"), (report.Outcome, report.Verdict));
        Assert.Equal(["failed", "finished"], report.Attempts.Select(a => a.Outcome));
        Assert.Contains("only 1 workers are left", report.Attempts[0].Reason, StringComparison.Ordinal);
        Assert.True(report.Attempts[1].StartedAt >= report.Attempts[0].EndedAt + run.Settings.RetryAfter);
        Assert.Equal([(1, "interrupted"), (1, "finished"), (2, "finished"), (2, "finished")], report.Stages.Where(s => s.Name is "workload" or "cleanup").Select(s => (s.Attempt, s.Outcome)));
        Assert.Equal(2, world.Cluster.TopicsMade.Distinct().Count());
        Assert.Equal((2, 2), (world.Cluster.Provisions, world.Cluster.Releases));
        long[] incarnations = [.. world.Fleet.Workers.SelectMany(w => w.Load!.Producers).Select(p => p.Incarnation)];
        Assert.Equal((4, 4), (incarnations.Length, incarnations.Distinct().Count()));
        Assert.Equal(2, world.Fleet.Workers.SelectMany(w => w.Load!.Consumers).Select(c => c.Group).Distinct().Count());
    }

    [Fact]
    public async Task When_the_attempts_are_used_up_the_run_has_failed_and_tells_of_each()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync(s_noReplacements);
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec() with { MaxAttempts = 3 }, default);
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            await world.UntilStateAsync(run.RunId, "loading");
            world.Fleet["w0", attempt].Kill();
            world.Fleet["w1", attempt].Kill();
            await world.Time.AdvanceAsync(TimeSpan.FromSeconds(3));
        }

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal(("failed", "harness-fault"), (report.Outcome, report.Verdict));
        Assert.Equal(["failed", "failed", "failed"], report.Attempts.Select(a => a.Outcome));
        Assert.All(report.Attempts, a => Assert.Contains("no workers are left", a.Reason, StringComparison.Ordinal));
        TimeSpan[] waits = [.. report.Attempts.Zip(report.Attempts.Skip(1), (a, b) => b.StartedAt - a.EndedAt!.Value)];
        Assert.True(waits[1] >= 2 * run.Settings.RetryAfter, $"{waits[0]} {waits[1]}");
        Assert.Equal((3, 3), (world.Cluster.Provisions, world.Cluster.Releases));
    }

    [Fact]
    public async Task A_stage_that_cannot_go_on_is_tried_again_and_what_it_found_stays_a_violation()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync(catalog: Picky());
        world.Cluster.InSyncReplicas = 1;
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(5, scenario: "picky"), default);
        await world.UntilStateAsync(run.RunId, "pending");
        world.Cluster.InSyncReplicas = 3;

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal(("finished", "violation"), (report.Outcome, report.Verdict));
        Assert.Equal([("failed", "too few replicas"), ("finished", null)], report.Attempts.Select(a => (a.Outcome, a.Reason)));
        Assert.Equal([("replicas (attempt 1)", "fail"), ("replicas", "pass")], report.Assertions.Select(a => (a.Name, a.Verdict)).Take(2));
    }

    [Fact]
    public async Task With_one_attempt_in_its_spec_a_run_is_not_tried_again()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync(catalog: Picky());
        world.Cluster.InSyncReplicas = 1;
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(5, scenario: "picky") with { MaxAttempts = 1 }, default);

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal("failed", report.Outcome);
        Assert.Contains("too few replicas", Assert.Single(report.Attempts).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cleaning")]
    [InlineData("pending")]
    public async Task An_interrupt_between_attempts_leaves_it_at_those_that_were_made(string state)
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync(catalog: Picky());
        world.Cluster.InSyncReplicas = 1;
        world.Fleet.Objection = (_, command) => state == "cleaning" && command == WorkerCommand.Shutdown ? "no answer" : null;
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(5, scenario: "picky") with { MaxAttempts = 5 }, default);
        await world.UntilStateAsync(run.RunId, state);
        DateTimeOffset told = world.Time.GetUtcNow();
        await world.TellAsync(run.RunId, new RunSignal(RunSignalKind.Interrupt, "enough"));

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal("interrupted", report.Outcome);
        Assert.Contains("enough; attempt 1 had been given up: too few replicas", report.Reason, StringComparison.Ordinal);
        Assert.Single(report.Attempts);
        Assert.Equal((1, 1), (world.Cluster.Provisions, world.Cluster.Releases));
        Assert.True(state == "cleaning" || report.EndedAt - told < run.Settings.RetryAfter);
    }

    [Fact]
    public async Task A_controller_that_dies_between_attempts_makes_the_next_one_once()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync(catalog: Picky());
        world.Cluster.InSyncReplicas = 1;
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(5, scenario: "picky"), default);
        await world.UntilStateAsync(run.RunId, "pending");
        world.Cluster.InSyncReplicas = 3;
        await world.KillControllerAsync();
        await world.Time.AdvanceAsync(TimeSpan.FromMinutes(1));
        await world.StartControllerAsync();

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal(["failed", "finished"], report.Attempts.Select(a => a.Outcome));
        Assert.Equal((2, 2), (world.Cluster.Provisions, world.Cluster.Releases));
    }

    private static ScenarioCatalog Picky() => new([new ScenarioDefinition<PickyScenario, TailReadConfig>("picky", "", "")]);

    private sealed class PickyScenario : Scenario<TailReadConfig>
    {
        protected override async Task WorkloadAsync(ScenarioContext<TailReadConfig> run)
        {
            AssertionResult replicas = await run.AssertAsync(new Assertion("replicas", new(Measure.InSyncReplicas, Comparison.AtLeast, 2), "replicas"));
            if (replicas.Passed is false)
            {
                throw new CannotGoOnException("too few replicas");
            }

            await run.DelayAsync(run.Config.Duration);
            await run.DrainAndAssertAsync();
        }
    }
}
