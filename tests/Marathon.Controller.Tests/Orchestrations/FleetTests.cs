using Marathon.Controller.Fleets;
using Marathon.Controller.Orchestrations;
using Marathon.Controller.Runs;
using Marathon.Controller.Tests.World;
using Marathon.Reports;
using Marathon.Workers;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Tests.Orchestrations;

public sealed class FleetTests
{
    private static readonly RunSettings NoReplacements = new() { MaxReplacements = 0, MaxAttempts = 1 };

    [Fact]
    public async Task A_killed_worker_is_replaced_in_place_by_its_next_life()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(30, config: [("ratePerSecond", 1000)]), default);
        await world.UntilStateAsync(run.RunId, "loading");
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(5));

        world.Fleet["w1"].Kill();
        Report report = await world.FinishAsync(run.RunId);

        SimulatedWorker next = world.Fleet["w1", 2];
        Assert.Equal(world.Fleet["w1"].Load!.Consumers.SelectMany(c => c.Partitions), next.Load!.Consumers.SelectMany(c => c.Partitions));
        Assert.Equal([WorkerCommand.Initialise, WorkerCommand.Measure, WorkerCommand.Throughput, WorkerCommand.Start], next.Commands.Take(4));
        Assert.NotEqual(world.Fleet["w1"].Load!.Producers[0].Incarnation, next.Load.Producers[0].Incarnation);
        WorkerReport killed = report.Workers.Single(w => w is { Id: "w1", Epoch: 1 });
        Assert.Equal(("killed", 2), (killed.End, killed.ReplacedBy));
        Assert.Equal("done", report.Workers.Single(w => w is { Id: "w1", Epoch: 2 }).End);
        Assert.Equal("finished", report.Outcome);
    }

    [Fact]
    public async Task What_the_machines_cost_is_in_the_report_although_they_are_gone_by_then()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        world.Fleet.Cost = new FleetCost(1.25m, 50, 2, 6.5m);
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(5), default);
        await world.UntilStateAsync(run.RunId, "loading");
        world.Fleet.Workers.First().FallSilent();

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal(new CostReport("USD", 1.25m, 6.5m, 50, 2), report.Cost);
    }

    [Fact]
    public async Task A_fleet_that_goes_slowly_is_gone_before_its_attempt_ends_although_the_cleanup_was_cut_short()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync(new RunSettings { CleanupWithin = TimeSpan.FromSeconds(60) });
        world.Fleet.ReleaseTakes = 6;
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(5), default);

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal("interrupted", report.Stages.Single(stage => stage.Name == "cleanup").Outcome);
        Assert.Equal((0, 2), (world.Fleet.ReleaseTakes, world.Fleet.Releases));
        Assert.DoesNotContain("all gone", report.Attempts[0].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, FleetOperationState.Succeeded)]
    [InlineData(6, FleetOperationState.Failed)]
    public async Task A_fleet_that_does_not_go_is_told_of_and_holds_nothing_up(int looks, FleetOperationState end)
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync(new RunSettings { CleanupWithin = TimeSpan.FromSeconds(60) });
        (world.Fleet.ReleaseTakes, world.Fleet.ReleaseEnds) = (looks, end);
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(5), default);

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal("finished", report.Outcome);
        Assert.Contains("the fleet is not all gone: a scale set is left", report.Attempts[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attempts_cost_what_each_of_them_did_and_a_fleet_without_prices_nothing()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(5), default);
        Assert.Null((await world.FinishAsync(run.RunId)).Cost);

        FleetCost first = new(1, 10, 0, 5), second = new(0.5m, 5, 1, null);
        Assert.Equal(new FleetCost(1.5m, 15, 1, null), first.And(second));
    }

    [Fact]
    public async Task A_silent_worker_is_lost_after_three_missed_heartbeats_and_put_an_end_to()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync(NoReplacements);
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(), default);
        await world.UntilStateAsync(run.RunId, "loading");

        world.Fleet["w0"].FallSilent();
        DateTimeOffset silent = world.Time.GetUtcNow();
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(6));

        LifeRecord life = (await world.Runs.FindAsync(run.RunId, default))!.LifeOf("w0")!;
        Assert.Equal(WorkerEnd.Lost, life.End);
        Assert.InRange((life.EndedAt!.Value - silent).TotalSeconds, 3, 5);
        Assert.False(world.Fleet["w0"].Alive);
        Assert.Equal("finished", (await world.FinishAsync(run.RunId)).Outcome);
    }

    [Fact]
    public async Task A_silent_worker_that_is_seen_to_run_is_lost_later()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync(NoReplacements);
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(), default);
        await world.UntilStateAsync(run.RunId, "loading");
        world.Fleet.SeesThemRun = true;

        world.Fleet["w0"].FallSilent();
        DateTimeOffset silent = world.Time.GetUtcNow();
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(6));
        Assert.Null((await world.Runs.FindAsync(run.RunId, default))!.LifeOf("w0")!.End);
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(12));

        LifeRecord life = (await world.Runs.FindAsync(run.RunId, default))!.LifeOf("w0")!;
        Assert.Equal(WorkerEnd.Lost, life.End);
        Assert.InRange((life.EndedAt!.Value - silent).TotalSeconds, 14, 17);
    }

    [Fact]
    public async Task A_worker_whose_load_broke_is_lost_with_its_reason()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync(NoReplacements);
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(workers: 1), default);
        await world.UntilStateAsync(run.RunId, "loading");

        world.Fleet["w0"].Error = "authentication failed";
        Report report = await world.FinishAsync(run.RunId);

        Assert.Contains("authentication failed", report.Reason, StringComparison.Ordinal);
        Assert.Equal("harness-fault", report.Verdict);
    }

    [Fact]
    public async Task With_no_worker_left_the_attempt_is_interrupted_and_the_report_names_them()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync(NoReplacements);
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(3600), default);
        await world.UntilStateAsync(run.RunId, "loading");
        DateTimeOffset killed = world.Time.GetUtcNow();

        world.Fleet["w0"].Kill();
        world.Fleet["w1"].Kill();
        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal(("harness-fault", "failed"), (report.Verdict, report.Outcome));
        Assert.Contains("no workers are left", report.Reason, StringComparison.Ordinal);
        Assert.Contains($"(pid {world.Fleet["w1"].Pid}) was killed at", report.Reason, StringComparison.Ordinal);
        Assert.InRange((report.Stages[2].EndedAt!.Value - killed).TotalSeconds, 0, 4);
        Assert.All(report.Workers, w => Assert.Equal("killed", w.End));
    }

    [Fact]
    public async Task An_event_that_comes_twice_is_applied_once()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(), default);
        await world.UntilStateAsync(run.RunId, "loading");
        string cell = FleetCell.InstanceId(run.RunId, 1, 0);
        WorkerSignal draining = new("e1", "w0", 1, WorkerEventKind.WorkerDraining, "the machine goes away");

        await world.Client.RaiseEventAsync(cell, WorkerSignal.EventName, draining);
        await world.Client.RaiseEventAsync(cell, WorkerSignal.EventName, draining);
        await world.Client.RaiseEventAsync(cell, WorkerSignal.EventName, new WorkerSignal("e2", "w0", 1, WorkerEventKind.WorkerDone));
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(2));

        LifeRecord life = (await world.Runs.FindAsync(run.RunId, default))!.LifeOf("w0", 1)!;
        Assert.Equal((WorkerEnd.Drained, "the machine goes away", 2), (life.End, life.Detail, life.ReplacedBy));
        int applied = (await world.Client.GetOrchestrationHistoryAsync(cell)).Count(e => e.ToString()!.Contains("RecordWorkerSignal", StringComparison.Ordinal));
        Assert.Equal(2, applied);
        await world.FinishAsync(run.RunId);
    }
}
