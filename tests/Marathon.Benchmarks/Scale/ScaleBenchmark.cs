using System.Globalization;
using Marathon.Controller.Orchestrations;
using Marathon.Controller.Runs;
using Marathon.Controller.Tests.World;
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
        Console.WriteLine(WeekCost.Header);
        foreach (int count in workers.Count > 0 ? workers.Select(w => int.Parse(w, CultureInfo.InvariantCulture)) : [10, 100, 1000])
        {
            Console.WriteLine(await WeekAsync(count));
        }

        return 0;
    }

    private static async Task<WeekCost> WeekAsync(int workers)
    {
        Random random = new(workers);
        TimeSpan processorsBefore = Environment.CpuUsage.TotalTime;
        long started = TimeProvider.System.GetTimestamp();
        using WrittenRows rows = new();
        await using ControllerWorld world = await ControllerWorld.StartAsync(s_settings);
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(TimeSpan.FromDays(Days).TotalSeconds, workers), default);
        await world.UntilStateAsync(run.RunId, "loading");
        int cells = FleetCell.CountFor(workers);
        WorkerNews news = new(world, run.RunId, cells);
        LongestHistory history = new();
        int evictions = Math.Max(1, workers / 100);
        for (int eviction = 0; eviction < Days * evictions; eviction++)
        {
            await news.OfNewLivesAsync();
            await world.Time.AdvanceAsync(TimeSpan.FromDays(0.99) / evictions);
            SimulatedWorker[] living = [.. world.Fleet.Workers.Where(w => w.Alive)];
            SimulatedWorker victim = living[random.Next(living.Length)];
            victim.Kill();
            await news.OfTheEndAsync(victim);
            if (eviction % evictions == 0)
            {
                await history.LookAsync(world.Client);
            }
        }

        await world.Time.AdvanceAsync(s_settings.WatchInterval);
        await news.OfNewLivesAsync();
        long database = new FileInfo(Path.Combine(world.Folder, "marathon.db")).Length;
        Report report = await world.FinishAsync(run.RunId);
        return new WeekCost(workers)
        {
            Elapsed = TimeProvider.System.GetElapsedTime(started),
            Processors = Environment.CpuUsage.TotalTime - processorsBefore,
            Cells = cells,
            Lives = report.Workers.Count,
            Outcome = report.Outcome,
            EventsPerLife = news.PerLife,
            LongestHistory = history.Rows,
            Replay = history.Replay(),
            Rows = rows.Count,
            DatabaseBytes = database,
        };
    }
}
