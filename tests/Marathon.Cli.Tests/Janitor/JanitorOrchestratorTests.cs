using Marathon.Cli.Janitor;
using Marathon.Durable;
using Marathon.Durable.Embedded;

namespace Marathon.Cli.Tests.Janitor;

/// <summary>When the janitor takes its turns, on a virtual clock.</summary>
public sealed class JanitorOrchestratorTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(10);
    private readonly TestFolder folder = new();
    private readonly VirtualTimeProvider time = new();
    private readonly List<DateTimeOffset> turns = [];
    private EmbeddedDurableHost? host;
    private Exception? trouble;

    public async Task InitializeAsync()
    {
        await StartAsync();
        await host!.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(JanitorOrchestrator), s_interval, new StartOrchestrationOptions { InstanceId = JanitorOrchestrator.InstanceId });
        await time.IdleAsync();
    }

    public async Task DisposeAsync() => await host!.DisposeAsync();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_turn_at_the_start_and_after_every_interval()
    {
        await time.AdvanceAsync(s_interval * 3.5);

        Assert.Equal(4, turns.Count);
        Assert.All(turns.Zip(turns.Skip(1), (a, b) => b - a), gap => Assert.InRange(gap, s_interval, s_interval * 1.01));
    }

    [Fact]
    public async Task Woken_it_takes_its_turn_at_once_and_keeps_to_the_new_interval()
    {
        await time.AdvanceAsync(s_interval / 2);
        await host!.Client.RaiseEventAsync(JanitorOrchestrator.InstanceId, JanitorOrchestrator.WakeEvent, s_interval * 10);
        await time.IdleAsync();
        Assert.Equal(2, turns.Count);

        await RecordAsync();
        await time.AdvanceAsync(s_interval * 9);
        Assert.Equal(2, turns.Count);
        await time.AdvanceAsync(s_interval * 2);
        Assert.Equal(3, turns.Count);
    }

    [Fact]
    public async Task A_turn_that_fails_is_not_the_last()
    {
        trouble = new InvalidOperationException("it cannot be");
        await time.AdvanceAsync(s_interval * 2.5);
        trouble = null;
        await time.AdvanceAsync(s_interval);

        Assert.Equal(4, turns.Count);
    }

    [Fact]
    public async Task A_week_under_controllers_that_die_leaves_out_no_turn_and_makes_no_history()
    {
        Random random = new(1);
        for (int crash = 0; crash < 20; crash++)
        {
            await time.AdvanceAsync(TimeSpan.FromDays(7) / 20 * (0.5 + random.NextDouble()));
            await host!.DisposeAsync();
            await StartAsync();
        }

        await time.AdvanceAsync(s_interval * 2);
        int intervals = (int)((turns[^1] - turns[0]) / s_interval);
        // A turn whose controller died in it is taken once more.
        Assert.InRange(turns.Count, intervals, intervals + 21);
        Assert.All(turns.Zip(turns.Skip(1), (a, b) => b - a), gap => Assert.InRange(gap, TimeSpan.Zero, s_interval * 1.1));
        Assert.InRange((await host!.Client.GetOrchestrationHistoryAsync(JanitorOrchestrator.InstanceId)).Count, 1, 20);
    }

    private async Task RecordAsync()
    {
        if (Environment.GetEnvironmentVariable(JanitorHistoryTests.Variable) is { } recordings)
        {
            string history = HistoryJson.Write(await host!.Client.GetOrchestrationHistoryAsync(JanitorOrchestrator.InstanceId));
            await File.WriteAllTextAsync(Path.Combine(recordings, "waiting-JanitorOrchestrator-1.jsonl"), history);
        }
    }

    private async Task StartAsync()
    {
        DurableTaskRegistry registry = new DurableTaskRegistry().AddOrchestrator<JanitorOrchestrator>();
        registry.AddActivityFunc<object?, int>(nameof(TidyUp), (_, _) =>
        {
            turns.Add(time.GetUtcNow());
            return trouble is null ? 0 : throw trouble;
        });
        host = new EmbeddedDurableHost(new EmbeddedDurableOptions
        {
            Registry = registry, DatabasePath = Path.Combine(folder.Path, "marathon.db"), TimeProvider = time, ShutdownGrace = TimeSpan.Zero,
        });
        await host.StartAsync();
    }
}
