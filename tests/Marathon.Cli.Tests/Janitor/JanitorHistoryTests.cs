using Marathon.Cli.Janitor;
using Marathon.Durable;
using Marathon.Durable.Embedded;
using Microsoft.Extensions.DependencyInjection;

namespace Marathon.Cli.Tests.Janitor;

/// <summary>A janitor that an earlier build began goes on with this one: data folders keep it for ever.</summary>
public sealed class JanitorHistoryTests
{
    /// <summary>Names the folder that <see cref="JanitorOrchestratorTests"/> record into.</summary>
    public const string Variable = "MARATHON_RECORD_HISTORIES";

    private static readonly string s_recordings = Path.Combine(AppContext.BaseDirectory, "Janitor", "Histories");

    public static TheoryData<string> Recordings() =>
        [.. Directory.EnumerateFiles(s_recordings, "*.jsonl", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(s_recordings, path))];

    [Theory]
    [MemberData(nameof(Recordings))]
    public void A_recorded_history_replays(string recording)
    {
        OrchestrationReplayer replayer = new(
            new DurableTaskRegistry().AddOrchestrator<JanitorOrchestrator>(), new ServiceCollection().BuildServiceProvider());

        replayer.Replay(HistoryJson.Read(File.ReadAllText(Path.Combine(s_recordings, recording))));
    }
}
