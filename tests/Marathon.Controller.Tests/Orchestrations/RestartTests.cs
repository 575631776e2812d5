using Marathon.Controller.Runs;
using Marathon.Controller.Tests.World;
using Marathon.Reports;

namespace Marathon.Controller.Tests.Orchestrations;

public sealed class RestartTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task A_controller_killed_at_random_moments_ends_the_run_with_one_cleanup_and_one_report(int seed)
    {
        Random random = new(seed);
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(10), default);

        for (int kill = 0; kill < 5; kill++)
        {
            Task advance = world.Time.AdvanceAsync(TimeSpan.FromSeconds(random.NextDouble() * 6));
            if (random.Next(2) == 0)
            {
                await advance;
            }

            await world.KillControllerAsync();
            await world.StartControllerAsync();
            await advance;
        }

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal("finished", report.Outcome);
        Assert.Equal(["prepare", "warmup", "workload", "cleanup"], report.Stages.Select(s => s.Name));
        Assert.Single(report.Attempts);
        Assert.Equal(2, world.Fleet.Starts);
        Assert.Equal((1, 1), (world.Cluster.Provisions, world.Cluster.Releases));
        Assert.Empty(world.Cluster.Topics);
        Assert.Equal("finished", await world.StateAsync(run.RunId));
    }

    [Fact]
    public async Task A_run_accepted_just_before_the_crash_is_started_by_the_next_controller()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = new() { RunId = "tail-read-x", Spec = ControllerWorld.Spec(5), CreatedAt = world.Time.GetUtcNow() };
        await world.Runs.CreateAsync(run, "token", default);
        await world.KillControllerAsync();

        await world.StartControllerAsync();

        Assert.Equal("finished", (await world.FinishAsync(run.RunId)).Outcome);
    }
}
