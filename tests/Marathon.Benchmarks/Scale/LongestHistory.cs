using Marathon.Controller;
using Marathon.Durable;
using Marathon.Durable.Embedded;
using Marathon.Durable.History;
using Marathon.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace Marathon.Benchmarks.Scale;

/// <summary>The longest history seen so far, and what one replay of it takes.</summary>
internal sealed class LongestHistory
{
    private const int Replays = 21;
    private HistoryEvent[] longest = [];

    public int Rows => longest.Length;

    public async Task LookAsync(DurableClient client)
    {
        await foreach (OrchestrationMetadata instance in client.GetAllInstancesAsync())
        {
            HistoryEvent[] history = [.. await client.GetOrchestrationHistoryAsync(instance.InstanceId)];
            longest = history.Length > longest.Length ? history : longest;
        }
    }

    /// <summary>The median of some replays.</summary>
    public TimeSpan Replay()
    {
        using ServiceProvider services = new ServiceCollection().AddSingleton(ScenarioCatalog.BuiltIn).BuildServiceProvider();
        OrchestrationReplayer replayer = new(new DurableTaskRegistry().AddMarathon(), services);
        TimeSpan[] times = [.. Enumerable.Range(0, Replays).Select(_ =>
        {
            long started = TimeProvider.System.GetTimestamp();
            replayer.Replay(longest);
            return TimeProvider.System.GetElapsedTime(started);
        }).Order()];
        return times[Replays / 2];
    }
}
