using System.Collections.Concurrent;
using Marathon.Controller.Runs;
using Marathon.Reports;
using Marathon.Scenarios;

namespace Marathon.Controller.Topics;

/// <summary>Asks who leads the partitions of a run, and writes down what has changed since it asked last.</summary>
public sealed class LeadershipSampler(IRunStore runs, ScenarioCatalog catalog, IClusterAdmin admin, TimeProvider time)
{
    // A cluster whose leaders change all the time has told enough by then.
    private const int ChangesAtMost = 1_000;
    private const int None = -1;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<string, Task> asking = new(StringComparer.Ordinal);

    /// <summary>Asks, and waits a little: a broker that hangs must not keep the caller. While it does, nobody asks again.</summary>
    public async Task SampleAsync(RunRecord run, CancellationToken cancellationToken)
    {
        Task answer = asking.GetOrAdd(run.RunId, _ => AskAsync(run));
        if (!answer.IsCompleted)
        {
            await Task.WhenAny(answer, Task.Delay(Patience, time, cancellationToken));
        }

        if (answer.IsCompleted)
        {
            asking.TryRemove(new KeyValuePair<string, Task>(run.RunId, answer));
            await answer;
        }
    }

    private async Task AskAsync(RunRecord run)
    {
        ClusterAddress cluster = new(run.Cluster!.BootstrapServers, catalog.Get(run.Spec.Scenario).Bind(run.Spec).ClientProperties.AsReadOnly());
        foreach (TopicRecord topic in run.CurrentTopics().Where(t => !t.Deleted && t.StartOffsets.Count > 0))
        {
            try
            {
                IReadOnlyList<PartitionLeader> leaders = await admin.LeadersAsync(cluster, topic.Name, CancellationToken.None);
                if (leaders.Count > 0 && Changes(run, topic.Name, leaders, time.GetUtcNow()).Known is not null)
                {
                    DateTimeOffset now = time.GetUtcNow();
                    await runs.UpdateAsync(run.RunId, r => With(r, topic.Name, leaders, now), CancellationToken.None);
                }
            }
            catch (ClusterUnansweredException)
            {
                // Who leads is not known now; the next answer tells what has changed by then.
            }
        }
    }

    private static RunRecord With(RunRecord run, string topic, IReadOnlyList<PartitionLeader> leaders, DateTimeOffset now)
    {
        (IReadOnlyList<LeadershipReport> changes, int[]? known) = Changes(run, topic, leaders, now);
        return known is null
            ? run
            : run with
            {
                Leaders = new Dictionary<string, IReadOnlyList<int>>(run.Leaders) { [topic] = known },
                Leadership = [.. run.Leadership.Concat(changes).Take(ChangesAtMost)],
            };
    }

    // Null where all is as it was. The first answer is where it begins, and no change.
    private static (IReadOnlyList<LeadershipReport> Changes, int[]? Known) Changes(
        RunRecord run, string topic, IReadOnlyList<PartitionLeader> leaders, DateTimeOffset now)
    {
        int[] known = [.. leaders.Select(l => l.Leader ?? None)];
        if (!run.Leaders.TryGetValue(topic, out IReadOnlyList<int>? before) || before.Count != known.Length)
        {
            return ([], known);
        }

        LeadershipReport[] changes =
        [
            .. leaders.Zip(before).Where(each => (each.First.Leader ?? None) != each.Second)
                .Select(each => new LeadershipReport(now, topic, each.First.Partition, each.Second == None ? null : each.Second, each.First.Leader, each.First.InSync)),
        ];
        return (changes, changes.Length == 0 ? null : known);
    }
}
