using Marathon.Controller.Orchestrations;
using Marathon.Controller.Runs;
using Marathon.Controller.Tests.World;
using Marathon.Durable;
using Marathon.Faults;
using Marathon.Reports;

namespace Marathon.Controller.Tests.Orchestrations;

public sealed class ChaosTests
{
    [Fact]
    public async Task As_many_faults_as_a_run_may_have_keep_its_histories_short()
    {
        (Report report, _, int rows) = await RunAsync(225, "kill,pause,restart", calmFor: "5s");

        Assert.Equal("pass", report.Verdict);
        Assert.InRange(report.Faults.Count, 20, 45);
        Assert.All(report.Faults, f => Assert.NotNull(f.HealedAt));
        Assert.Equal(["kill", "pause", "restart"], report.Faults.Select(f => f.Kind).Distinct().Order());
        Assert.InRange(rows, 1, 1000);
    }

    [Fact]
    public async Task Faults_follow_from_the_seed()
    {
        (_, IReadOnlyList<string> drawn, _) = await RunAsync(30, "kill,pause", calmFor: "1s");
        (_, IReadOnlyList<string> again, _) = await RunAsync(30, "kill,pause", calmFor: "1s");

        Assert.Equal(drawn, again);
        Assert.True(drawn.Distinct().Count() > 2, string.Join(", ", drawn));
    }

    [Fact]
    public async Task As_many_faults_of_machines_as_a_run_may_have_are_waited_for_and_keep_its_histories_short()
    {
        (Report report, _, int rows) = await RunAsync(75, "restart,power-off,partition", calmFor: "5s", role: "worker");

        Assert.Equal("pass", report.Verdict);
        Assert.InRange(report.Faults.Count, 2, 15);
        Assert.All(report.Faults, f =>
        {
            Assert.Equal(("worker w0 on machine-0", "worker"), (f.Target, f.Role));
            Assert.NotNull(f.HealedAt);
        });
        Assert.DoesNotContain(report.Assertions, a => a.Name == "recovery");
        Assert.InRange(rows, 1, 1000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_machine_that_is_broken_when_the_run_ends_or_is_paused_is_healed(bool interrupted)
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(
            ControllerWorld.Spec(3600, scenario: "chaos", config: [("faults", "power-off"), ("role", "worker"), ("faultFor", "30m"), ("calmFor", "1s")]), default);
        await UntilAsync(f => f is { PollAfter: null, HealedAt: null });
        Assert.Single(world.Cluster.BrokenBrokers);

        await world.TellAsync(run.RunId, interrupted ? new RunSignal(RunSignalKind.Interrupt, "enough") : new RunSignal(RunSignalKind.Pause));
        await UntilAsync(f => f.IsOver);

        Assert.Empty(world.Cluster.BrokenBrokers);

        async Task UntilAsync(Func<FaultRecord, bool> condition)
        {
            for (int i = 0; (await world.Runs.GetAsync(run.RunId, default)).Faults is not [{ } fault] || !condition(fault); i++)
            {
                Assert.InRange(i, 0, 2000);
                await world.Time.AdvanceAsync(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private static async Task<(Report Report, IReadOnlyList<string> Drawn, int Rows)> RunAsync(double seconds, string faults, string calmFor, string role = "leader")
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(
            ControllerWorld.Spec(seconds, scenario: "chaos", config: [("faults", faults), ("faultFor", "1s"), ("calmFor", calmFor), ("role", role)]), default);
        Report report = await world.FinishAsync(run.RunId);
        Assert.Empty(world.Cluster.BrokenBrokers);
        int rows = 0;
        await foreach (OrchestrationMetadata instance in world.Client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: run.RunId)))
        {
            rows = Math.Max(rows, (await world.Client.GetOrchestrationHistoryAsync(instance.InstanceId)).Count);
        }

        return (report, [.. (await world.Runs.GetAsync(run.RunId, default)).Faults.Select(f => $"{f.Spec.Action} {f.Spec.Partition}")], rows);
    }
}
