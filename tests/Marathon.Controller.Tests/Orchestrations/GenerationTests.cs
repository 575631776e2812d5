using Marathon.Controller.Activities;
using Marathon.Controller.Clusters;
using Marathon.Controller.Orchestrations;
using Marathon.Controller.Runs;
using Marathon.Durable;
using Marathon.Durable.Embedded;
using Marathon.Workers;
using Assert = Xunit.Assert;

namespace Marathon.Controller.Tests.Orchestrations;

/// <summary>A watcher continues as new every sixty looks; what arrives during the last of them must not be lost.</summary>
public sealed class GenerationTests
{
    private const int LooksPerGeneration = 60;

    [Theory]
    [InlineData(LooksPerGeneration)]
    [InlineData(2 * LooksPerGeneration)]
    [InlineData(7)]
    public async Task A_cluster_watch_that_is_stopped_during_a_look_ends(int look)
    {
        VirtualTimeProvider time = new();
        DurableClient? client = null;
        int looks = 0;
        await using EmbeddedDurableHost host = await StartAsync(time, new DurableTaskRegistry().AddOrchestrator<ClusterWatch>()
            .AddActivityFunc<RunRequest, ClusterHealth>(nameof(RenewCluster), async (_, _) =>
            {
                await WhenAsync(++looks == look, () => client!.RaiseEventAsync("watch", ConditionWatch.StopEvent, true));
                return new ClusterHealth(true);
            }));
        client = host.Client;

        await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(ClusterWatch), new ClusterWatchInput("run", TimeSpan.FromSeconds(1)), new StartOrchestrationOptions("watch"));
        await time.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await client.GetInstanceAsync("watch"))!.RuntimeStatus);
        Assert.Equal(look, looks);
    }

    [Theory]
    [InlineData(LooksPerGeneration)]
    [InlineData(LooksPerGeneration - 1)]
    [InlineData(3)]
    public async Task A_fleet_supervisor_records_each_signal_once_whenever_it_comes(int look)
    {
        VirtualTimeProvider time = new();
        DurableClient? client = null;
        int looks = 0;
        List<string> recorded = [];
        await using EmbeddedDurableHost host = await StartAsync(time, new DurableTaskRegistry().AddOrchestrator<FleetSupervisor>()
            .AddActivityFunc<WorkerSignalRequest>(nameof(RecordWorkerSignal), (_, request) =>
            {
                recorded.Add(request.Signal.EventId);
                return Task.CompletedTask;
            })
            .AddActivityFunc<FleetCell, FleetSummary>(nameof(SummarizeFleet), async (_, _) =>
            {
                await WhenAsync(++looks == look, async () =>
                {
                    foreach (string id in new[] { "e1", "e2", "e1", "e3" })
                    {
                        await client!.RaiseEventAsync("cell", WorkerSignal.EventName, new WorkerSignal(id, "w0", 1, WorkerEventKind.WorkerDone));
                    }
                });
                return new FleetSummary(1, [], []);
            }));
        client = host.Client;

        await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(FleetSupervisor), new FleetCell("run", 1, 0, 1, new RunSettings()), new StartOrchestrationOptions("cell"));
        await time.AdvanceAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(["e1", "e2", "e3"], recorded);
    }

    private static Task WhenAsync(bool condition, Func<Task> act) => condition ? act() : Task.CompletedTask;

    private static async Task<EmbeddedDurableHost> StartAsync(VirtualTimeProvider time, DurableTaskRegistry registry)
    {
        EmbeddedDurableHost host = new(new EmbeddedDurableOptions { Registry = registry, TimeProvider = time });
        await host.StartAsync();
        return host;
    }
}
