using Marathon.Controller.Runs;
using Marathon.Controller.Tests.World;
using Marathon.Durable;
using Marathon.Reports;

namespace Marathon.Controller.Tests.Soak;

/// <summary>A week of a run on a virtual clock, on machines that vanish, under a controller that dies.</summary>
public sealed class WeekTests
{
    private const int Workers = 10;
    private const int Evictions = 200;
    private const int Crashes = 20;
    private const int HistoryLimit = 1000;

    private static readonly RunSettings s_settings = new()
    {
        WatchInterval = TimeSpan.FromMinutes(2),
        PollInterval = TimeSpan.FromMinutes(2),
        HeartbeatTimeout = TimeSpan.FromMinutes(7),
        RegisterWithin = TimeSpan.FromMinutes(10),
        StageSlack = TimeSpan.FromHours(12),
    };

    [Theory]
    [InlineData(1)]
    public async Task A_week_with_200_evictions_and_20_crashes_ends_with_one_cleanup_and_a_report(int seed)
    {
        Random random = new(seed);
        await using ControllerWorld world = await ControllerWorld.StartAsync(s_settings);
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(TimeSpan.FromDays(7).TotalSeconds, Workers), default);
        await world.UntilStateAsync(run.RunId, "loading");
        HashSet<int> crashes = [.. Enumerable.Range(0, Evictions).OrderBy(_ => random.Next()).Take(Crashes)];
        TimeSpan between = TimeSpan.FromDays(6.5) / Evictions;
        int longest = 0;

        for (int eviction = 0; eviction < Evictions; eviction++)
        {
            Task advance = world.Time.AdvanceAsync(between * (0.5 + random.NextDouble()));
            if (crashes.Contains(eviction))
            {
                // Not awaited: the controller dies in the middle of whatever it does then.
                await Task.WhenAny(advance, Task.Delay(TimeSpan.FromMilliseconds(random.Next(30))));
                await world.KillControllerAsync();
                await world.StartControllerAsync();
                longest = Math.Max(longest, await LongestHistoryAsync(world));
            }

            await advance;
            SimulatedWorker[] living = [.. world.Fleet.Workers.Where(w => w.Alive)];
            living[random.Next(living.Length)].Kill();
        }

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal("finished", report.Outcome);
        Assert.Equal(["prepare", "warmup", "workload", "cleanup"], report.Stages.Select(s => s.Name));
        Assert.InRange((report.EndedAt - report.StartedAt).TotalDays, 7, 7.6);
        Assert.Equal((1, 1), (world.Cluster.Provisions, world.Cluster.Releases));
        Assert.Empty(world.Cluster.Topics);
        Assert.All(world.Fleet.Workers, w => Assert.False(w.Alive));
        Assert.Equal(Evictions, report.Workers.Count(w => w.End == "killed"));
        Assert.Equal(Workers + Evictions, report.Workers.Count);
        Assert.InRange(longest, 1, HistoryLimit);
    }

    private static async Task<int> LongestHistoryAsync(ControllerWorld world)
    {
        int longest = 0;
        await foreach (OrchestrationMetadata instance in world.Client.GetAllInstancesAsync())
        {
            longest = Math.Max(longest, (await world.Client.GetOrchestrationHistoryAsync(instance.InstanceId)).Count);
        }

        return longest;
    }
}
