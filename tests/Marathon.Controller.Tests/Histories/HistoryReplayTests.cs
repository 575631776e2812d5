using Marathon.Durable;
using Marathon.Durable.Embedded;
using Marathon.Durable.History;
using Marathon.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace Marathon.Controller.Tests.Histories;

/// <summary>A run that an earlier build began goes on with this one.</summary>
public sealed class HistoryReplayTests
{
    private static readonly string s_recordings = Path.Combine(AppContext.BaseDirectory, "Histories");

    public static TheoryData<string> Recordings() => [.. Files().Select(path => Path.GetRelativePath(s_recordings, path))];

    [Theory]
    [MemberData(nameof(Recordings))]
    public void A_recorded_history_replays(string recording)
    {
        ServiceProvider services = new ServiceCollection().AddSingleton(ScenarioCatalog.BuiltIn).BuildServiceProvider();
        OrchestrationReplayer replayer = new(new DurableTaskRegistry().AddMarathon(), services);

        replayer.Replay(HistoryJson.Read(File.ReadAllText(Path.Combine(s_recordings, recording))));
    }

    [Fact]
    public void Every_orchestrator_has_been_recorded()
    {
        IEnumerable<string> orchestrators = typeof(ControllerServices).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IOrchestrator)) && !type.IsAbstract).Select(type => type.Name);
        HashSet<string> recorded = [.. Files().SelectMany(path => HistoryJson.Read(File.ReadAllText(path)))
            .OfType<ExecutionStartedEvent>().Select(started => started.Name)];

        Assert.Empty(orchestrators.Except(recorded));
    }

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(s_recordings, "*.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
