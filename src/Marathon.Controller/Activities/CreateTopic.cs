using Marathon.Controller.Runs;
using Marathon.Controller.Topics;
using Marathon.Durable;
using Marathon.Reports;
using Marathon.Scenarios;

namespace Marathon.Controller.Activities;

/// <summary>
/// Makes the attempt's topic and writes down where its partitions start. The record comes first: a topic found on a later
/// try is then known for ours, one found on the first is somebody's own and refused.
/// </summary>
public sealed class CreateTopic(IRunStore runs, ScenarioCatalog catalog, ClusterAccess clusters, IClusterAdmin admin) : Activity<RunRequest, object?>
{
    private const int TopicId = 1;

    /// <inheritdoc/>
    public override async Task<object?> RunAsync(ActivityContext context, RunRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        WorkloadConfig config = catalog.Get(run.Spec.Scenario).Bind(run.Spec);
        ClusterAddress cluster = await clusters.OpenAsync(run, CancellationToken.None);
        if (run.Topic is null)
        {
            string name = (config.Topic ?? $"marathon-{run.RunId}") + (run.Attempt > 1 ? $"-{run.Attempt}" : "");
            if (await admin.ExistsAsync(cluster, name, CancellationToken.None))
            {
                throw new InvalidOperationException($"topic '{name}' exists already: a run makes its own and removes it; set config.topic to a name that is free, or leave it out");
            }

            run = await runs.UpdateAsync(input.RunId, r => r.With(new TopicRecord(r.Attempt, name, TopicId, config.Partitions, [])), CancellationToken.None);
        }

        TopicRecord topic = run.Topic!;
        int replication = config.Replication ?? Math.Min(3, run.Cluster!.Brokers);
        await admin.CreateAsync(cluster, new NewTopic(topic.Name, topic.Partitions, replication, config.TopicProperties.AsReadOnly()), CancellationToken.None);
        IReadOnlyList<long> starts = await admin.StartOffsetsAsync(cluster, topic.Name, topic.Partitions, CancellationToken.None);
        ProtocolReport protocol = await admin.ProtocolAsync(cluster, CancellationToken.None);
        await runs.UpdateAsync(input.RunId, r => r.With(topic with { StartOffsets = starts }) with { Protocol = protocol }, CancellationToken.None);
        return null;
    }
}
