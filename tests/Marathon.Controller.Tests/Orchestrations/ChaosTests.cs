using Marathon.Controller.Runs;
using Marathon.Controller.Tests.World;
using Marathon.Durable;
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

    private static async Task<(Report Report, IReadOnlyList<string> Drawn, int Rows)> RunAsync(double seconds, string faults, string calmFor)
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(
            ControllerWorld.Spec(seconds, scenario: "chaos", config: [("faults", faults), ("faultFor", "1s"), ("calmFor", calmFor)]), default);
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
