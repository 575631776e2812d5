using System.Globalization;

namespace Marathon.Durable.Embedded.Tests.Crash;

/// <summary>
/// The engine as a process of its own, to be killed. It runs ledgers that note each step in a file, and raises numbered
/// events, noting each that was acknowledged. Started again it goes on with both.
/// </summary>
public static class ChildEngine
{
    public const int Ledgers = 10;
    public const int Steps = 8;
    public const int Events = 200;

    public static async Task<int> RunAsync(string folder)
    {
        using FileStream steps = Append(folder, "steps");
        using FileStream acknowledged = Append(folder, "acknowledged");
        await using EmbeddedDurableHost host = new(new EmbeddedDurableOptions
        {
            Registry = Registry(steps), DatabasePath = Path.Combine(folder, "marathon.db"),
        });
        await host.StartAsync();
        foreach ((string name, string id) in Instances())
        {
            if (await host.Client.GetInstanceAsync(id) is null)
                await host.Client.ScheduleNewOrchestrationInstanceAsync(name, 0, new StartOrchestrationOptions(id));
        }

        for (int i = ReadNumbers(folder, "acknowledged").Count; i < Events; i++)
        {
            await host.Client.RaiseEventAsync("collector", "E", i);
            Note(acknowledged, i.ToString(CultureInfo.InvariantCulture));
        }

        await host.Client.RaiseEventAsync("collector", "E", -1);
        foreach ((_, string id) in Instances())
            await host.Client.WaitForInstanceCompletionAsync(id);
        return 0;
    }

    /// <summary>Owns the database until it is killed, or for longer than any test waits; notes a step once it does.</summary>
    public static async Task OwnAsync(string folder)
    {
        using FileStream steps = Append(folder, "steps");
        await using EmbeddedDurableHost host = new(new EmbeddedDurableOptions { Registry = Registry(steps), DatabasePath = Path.Combine(folder, "marathon.db") });
        await host.StartAsync();
        Note(steps, "0");
        await Task.Delay(TimeSpan.FromMinutes(10));
    }

    public static List<int> ReadNumbers(string folder, string file)
    {
        using FileStream stream = new(Path.Combine(folder, file), FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
    }

    public static IEnumerable<(string Name, string Id)> Instances() =>
        Enumerable.Range(0, Ledgers).Select(i => ("Ledger", $"ledger{i}")).Append(("Collector", "collector"));

    public static DurableTaskRegistry Registry(FileStream? steps = null) => new DurableTaskRegistry()
        .AddActivityFunc<int, int>("Note", (_, step) =>
        {
            Note(steps!, step.ToString(CultureInfo.InvariantCulture));
            return step + 1;
        })
        .AddOrchestratorFunc<int, int>("Entry", async (context, step) =>
        {
            await context.CreateTimer(TimeSpan.FromMilliseconds(5), default);
            return await context.CallActivityAsync<int>("Note", step);
        })
        .AddOrchestratorFunc<int, int>("Ledger", async (context, step) =>
        {
            for (int i = 0; i < 2 && step < Steps; i++)
                step = await context.CallSubOrchestratorAsync<int>("Entry", step);
            if (step < Steps)
                context.ContinueAsNew(step);
            return step;
        })
        .AddOrchestratorFunc<int, List<int>>("Collector", async (context, _) =>
        {
            List<int> received = [];
            while (received is not [.., -1])
                received.Add(await context.WaitForExternalEvent<int>("E"));
            return received;
        });

    private static FileStream Append(string folder, string file) =>
        new(Path.Combine(folder, file), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    private static void Note(FileStream file, string line)
    {
        lock (file)
            file.Write(System.Text.Encoding.ASCII.GetBytes(line + "\n"));
    }
}
