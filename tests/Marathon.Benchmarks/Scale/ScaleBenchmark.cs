using System.Globalization;
using Marathon.Controller.Runs;
using Marathon.Controller.Tests.World;
using Marathon.Durable;
using Marathon.Reports;

namespace Marathon.Benchmarks.Scale;

/// <summary>
/// What a week of a fleet costs its controller, on a virtual clock: the real orchestrations and engine on a database file,
/// workers that only count, and one in a hundred of them evicted each day. Time is the controller's work alone.
/// </summary>
public static class ScaleBenchmark
{
    private const int Days = 7;

    private static readonly RunSettings s_settings = new()
    {
        WatchInterval = TimeSpan.FromMinutes(10),
        PollInterval = TimeSpan.FromMinutes(10),
        HeartbeatTimeout = TimeSpan.FromMinutes(35),
        RegisterWithin = TimeSpan.FromMinutes(40),
        StageSlack = TimeSpan.FromDays(1),
        MaxReplacements = 1000,
    };

    public static async Task<int> RunAsync(IReadOnlyList<string> workers)
    {
        Console.WriteLine($"a look every {s_settings.WatchInterval.TotalMinutes} min, {Days} days, one worker in 100 evicted a day");
        Console.WriteLine("| workers | cells | lives | outcome | elapsed s | processors s | longest history | database MiB | managed memory MiB |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (int count in workers.Count > 0 ? workers.Select(w => int.Parse(w, CultureInfo.InvariantCulture)) : [10, 100, 1000])
        {
            Console.WriteLine(await WeekAsync(count));
        }

        return 0;
    }

    private static async Task<string> WeekAsync(int workers)
    {
        Random random = new(workers);
        TimeSpan processorsBefore = Environment.CpuUsage.TotalTime;
        long started = TimeProvider.System.GetTimestamp();
        await using ControllerWorld world = await ControllerWorld.StartAsync(s_settings);
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(TimeSpan.FromDays(Days).TotalSeconds, workers), default);
        await world.UntilStateAsync(run.RunId, "loading");
        int longest = 0;
        int evictions = Math.Max(1, workers / 100);
        for (int eviction = 0; eviction < Days * evictions; eviction++)
        {
            await world.Time.AdvanceAsync(TimeSpan.FromDays(0.99) / evictions);
            SimulatedWorker[] living = [.. world.Fleet.Workers.Where(w => w.Alive)];
            living[random.Next(living.Length)].Kill();
            longest = Math.Max(longest, eviction % evictions == 0 ? await LongestHistoryAsync(world.Client) : 0);
        }

        long database = new FileInfo(Path.Combine(world.Folder, "marathon.db")).Length;
        Report report = await world.FinishAsync(run.RunId);
        TimeSpan took = TimeProvider.System.GetElapsedTime(started);
        TimeSpan processors = Environment.CpuUsage.TotalTime - processorsBefore;
        int cells = Marathon.Controller.Orchestrations.FleetCell.CountFor(workers);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {workers} | {cells} | {report.Workers.Count} | {report.Outcome} | {took.TotalSeconds:F1} | {processors.TotalSeconds:F1} | {longest} | {database / 1048576.0:F1} | {GC.GetTotalMemory(true) / 1048576.0:F0} |");
    }

    private static async Task<int> LongestHistoryAsync(DurableClient client)
    {
        int longest = 0;
        await foreach (OrchestrationMetadata instance in client.GetAllInstancesAsync())
        {
            longest = Math.Max(longest, (await client.GetOrchestrationHistoryAsync(instance.InstanceId)).Count);
        }

        return longest;
    }
}
