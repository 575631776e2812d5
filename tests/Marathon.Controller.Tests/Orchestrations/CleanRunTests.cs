using Marathon.Controller.Runs;
using Marathon.Controller.Tests.World;
using Marathon.Reports;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Tests.Orchestrations;

public sealed class CleanRunTests
{
    [Fact]
    public async Task A_clean_run_goes_through_its_stages_and_leaves_nothing_behind()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(), default);

        Report report = await world.FinishAsync(run.RunId);

        Assert.True(report.Outcome == "finished", report.Reason);
        Assert.Equal(["prepare", "warmup", "workload", "cleanup"], report.Stages.Select(s => s.Name));
        Assert.All(report.Stages, s => Assert.Equal("finished", s.Outcome));
        Assert.InRange((report.Stages[2].EndedAt - report.Stages[2].StartedAt)!.Value.TotalSeconds, 30, 45);
        Assert.Empty(world.Cluster.Topics);
        Assert.False(world.Cluster.Provisioned);
        Assert.All(report.Workers, w => Assert.Equal((1, "done"), (w.Epoch, w.End)));
        Assert.Equal(2, report.Workers.Count);
        Assert.Equal("pass", report.Verdict);
        Assert.Equal("finished", await world.StateAsync(run.RunId));
    }

    [Fact]
    public async Task A_cluster_that_takes_its_time_is_asked_for_until_it_serves()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        world.Cluster.ServesAfter = 100;
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(5), default);

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal("pass", report.Verdict);
        Assert.Equal((-1, 1, 1), (world.Cluster.ServesAfter, world.Cluster.Provisions, world.Cluster.Releases));
    }

    [Fact]
    public async Task Every_worker_gets_the_commands_in_order_and_its_share_of_rate_and_partitions()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(5, 3, config: [("ratePerSecond", 900), ("partitions", 7)]), default);

        await world.FinishAsync(run.RunId);

        Assert.All(world.Fleet.Workers, w => Assert.Equal(
            [WorkerCommand.Initialise, WorkerCommand.Start, WorkerCommand.Measure, WorkerCommand.Stop, WorkerCommand.Evidence, WorkerCommand.Evidence, WorkerCommand.Shutdown], w.Commands));
        Assert.All(world.Fleet.Workers, w => Assert.Equal(300, w.Load!.RatePerSecond));
        Assert.Equal(Enumerable.Range(0, 7), world.Fleet.Workers.SelectMany(w => w.Load!.Consumers).SelectMany(c => c.Partitions).Order());
        long[] incarnations = [.. world.Fleet.Workers.SelectMany(w => w.Load!.Producers).Select(p => p.Incarnation)];
        Assert.Equal(incarnations.Length, incarnations.Distinct().Count());
    }

    [Fact]
    public async Task Changes_of_leaders_are_written_down_once_each()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        world.Cluster.Leader = since => since.TotalSeconds switch { < 5 => 1, < 8 => -1, < 12 => null, _ => 2 };
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(), default);

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal([(1, null), (null, 2)], report.Leadership.Select(c => (c.From, c.To)));
        Assert.InRange((report.Leadership[1].At - report.Leadership[0].At).TotalSeconds, 5, 9);
    }

    [Fact]
    public async Task Rates_are_those_of_the_workload_stage()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(config: [("ratePerSecond", 1000), ("slo.minRate", 990)]), default);

        Report report = await world.FinishAsync(run.RunId);

        Assert.InRange(report.Throughput.Produce.RecordsPerSecond, 999, 1001);
        Assert.Equal(["offered-load", "min-rate"], report.Assertions.Select(a => a.Name));
        Assert.All(report.Assertions, a => Assert.Equal("pass", a.Verdict));
    }

    [Fact]
    public async Task A_missed_objective_makes_an_slo_miss()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(config: [("ratePerSecond", 1000), ("slo.minRate", 5000)]), default);

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal("slo-miss", report.Verdict);
        Assert.Contains("min-rate", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Histories_stay_below_a_thousand_rows_in_a_run_of_two_hours()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync(new RunSettings { WatchInterval = TimeSpan.FromSeconds(5) });
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(7200), default);

        await world.FinishAsync(run.RunId);

        await foreach (var instance in world.Client.GetAllInstancesAsync())
        {
            Assert.InRange((await world.Client.GetOrchestrationHistoryAsync(instance.InstanceId)).Count, 1, 1000);
        }
    }
}
