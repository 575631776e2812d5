using System.Diagnostics;
using System.Globalization;
using Marathon.Durable;
using Marathon.Durable.Embedded;

namespace Marathon.Benchmarks.Engine;

/// <summary>How much the embedded engine does in a second, on a database file that survives a loss of power.</summary>
public static class EngineBenchmark
{
    private const int Clients = 256;
    private const int Waiting = 1_000;
    private const string Ready = "ready";

    public static async Task<int> RunAsync()
    {
        string folder = Directory.CreateTempSubdirectory("marathon-bench-").FullName;
        try
        {
            string database = Path.Combine(folder, "bench.db");
            await using (EmbeddedDurableHost host = Host(database))
            {
                await host.StartAsync();
                await OrchestrationsAsync(host.Client, 200, "warm");
                await ReportAsync("orchestrations, one activity each", "orchestrations/s", 3_000, count => OrchestrationsAsync(host.Client, count, "o"));
                await ReportAsync("activities, 100 at once in each of 100", "activities/s", 10_000, count => FanOutAsync(host.Client, count));
                await ReportAsync("events to 100 orchestrations, acknowledged and consumed", "events/s", 20_000, count => EventsAsync(host.Client, count, 100, "e"));
                await ReportAsync("events to one orchestration, acknowledged and consumed", "events/s", 5_000, count => EventsAsync(host.Client, count, 1, "s"));
            }

            string crashed = Path.Combine(folder, "crashed.db");
            await CrashAsync(crashed);
            await ReportAsync("orchestrations whose engine was killed: engine started, event raised, run to their end", "instances/s", Waiting, async count =>
            {
                await using EmbeddedDurableHost host = Host(crashed);
                await host.StartAsync();
                await ManyAsync(count, i => host.Client.RaiseEventAsync(Id("w", i), "Go"));
                await ManyAsync(count, i => host.Client.WaitForInstanceCompletionAsync(Id("w", i)));
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    /// <summary>A process of its own, to be killed: a thousand orchestrations in it wait for an event.</summary>
    public static async Task<int> WaitToBeKilledAsync(string database)
    {
        await using EmbeddedDurableHost host = Host(database);
        await host.StartAsync();
        await WaitingAsync(host.Client, Waiting);
        Console.WriteLine(Ready);
        await Task.Delay(TimeSpan.FromMinutes(1));
        return 1;
    }

    private static async Task CrashAsync(string database)
    {
        using Process engine = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["engine-one", database]) { RedirectStandardOutput = true })!;
        try
        {
            if (await engine.StandardOutput.ReadLineAsync() != Ready)
            {
                throw new InvalidOperationException("the engine that was to be killed ended by itself");
            }
        }
        finally
        {
            engine.Kill();
            await engine.WaitForExitAsync();
        }
    }

    private static EmbeddedDurableHost Host(string database) => new(new EmbeddedDurableOptions { Registry = Registry(), DatabasePath = database });

    private static DurableTaskRegistry Registry() => new DurableTaskRegistry()
        .AddActivityFunc<int, int>("Next", (_, i) => i + 1)
        .AddOrchestratorFunc<int, int>("One", (context, i) => context.CallActivityAsync<int>("Next", i))
        .AddOrchestratorFunc<int, int>("FanOut", async (context, count) =>
            (await Task.WhenAll(Enumerable.Range(0, count).Select(i => context.CallActivityAsync<int>("Next", i)))).Length)
        .AddOrchestratorFunc<int, int>("Read", async (context, left) =>
        {
            // Continues as new as orchestrations that live on events must: a history of thousands would be replayed each time.
            for (int i = 0; i < 200 && left > 0; i++, left--)
                await context.WaitForExternalEvent<int>("E");
            if (left > 0)
                context.ContinueAsNew(left);
            return 0;
        })
        .AddOrchestratorFunc<int, int>("Wait", async (context, i) =>
        {
            for (int step = 0; step < 5; step++)
                i = await context.CallActivityAsync<int>("Next", i);
            await context.WaitForExternalEvent<object>("Go");
            return i;
        });

    private static async Task OrchestrationsAsync(DurableClient client, int count, string prefix)
    {
        await ManyAsync(count, i => client.ScheduleNewOrchestrationInstanceAsync("One", i, new StartOrchestrationOptions(Id(prefix, i))));
        await ManyAsync(count, i => client.WaitForInstanceCompletionAsync(Id(prefix, i)));
    }

    private static async Task FanOutAsync(DurableClient client, int count)
    {
        await ManyAsync(100, i => client.ScheduleNewOrchestrationInstanceAsync("FanOut", count / 100, new StartOrchestrationOptions(Id("f", i))));
        await ManyAsync(100, i => client.WaitForInstanceCompletionAsync(Id("f", i)));
    }

    private static async Task EventsAsync(DurableClient client, int count, int instances, string prefix)
    {
        await ManyAsync(instances, i => client.ScheduleNewOrchestrationInstanceAsync(
            "Read", count / instances, new StartOrchestrationOptions(Id(prefix, i))));
        await ManyAsync(count, i => client.RaiseEventAsync(Id(prefix, i % instances), "E", i));
        await ManyAsync(instances, i => client.WaitForInstanceCompletionAsync(Id(prefix, i)));
    }

    private static async Task WaitingAsync(DurableClient client, int count)
    {
        await ManyAsync(count, i => client.ScheduleNewOrchestrationInstanceAsync("Wait", 0, new StartOrchestrationOptions(Id("w", i))));
        await ManyAsync(count, async i =>
        {
            while ((await client.GetOrchestrationHistoryAsync(Id("w", i))).Count < 23)
                await Task.Delay(20);
        });
    }

    private static Task ManyAsync(int count, Func<int, Task> work) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (i, _) => await work(i));

    private static async Task ReportAsync(string what, string unit, int count, Func<int, Task> work)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long started = TimeProvider.System.GetTimestamp();
        await work(count);
        TimeSpan took = TimeProvider.System.GetElapsedTime(started);

        // The processor's time beside the clock's: on a machine that does other things too, only that one is the engine's.
        TimeSpan processor = Environment.CpuUsage.TotalTime - before;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {count} in {took.TotalSeconds:F2} s, {processor.TotalSeconds:F2} s of processors = {count / took.TotalSeconds:F0} {unit}"));
    }

    private static string Id(string prefix, int i) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{i}");
}
