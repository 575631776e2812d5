using Marathon.Controller.Runs;
using Marathon.Controller.Topics;
using Marathon.Durable;
using Marathon.Reports;
using Marathon.Scenarios;

namespace Marathon.Controller.Activities;

/// <summary>
/// Makes the attempt's topics and writes down where their partitions start: the one that producers write to, and with pipelines
/// the one that those write to. The record comes first: a topic found on a later try is then known for ours, one found on the
/// first is somebody's own and refused.
/// </summary>
public sealed class CreateTopic(IRunStore runs, ScenarioCatalog catalog, ClusterAccess clusters, IClusterAdmin admin) : Activity<RunRequest, object?>
{
    /// <inheritdoc/>
    public override async Task<object?> RunAsync(ActivityContext context, RunRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        WorkloadConfig config = catalog.Get(run.Spec.Scenario).Bind(run.Spec);
        ClusterAddress cluster = await clusters.OpenAsync(run, CancellationToken.None);
        string name = (config.Topic ?? $"marathon-{run.RunId}") + (run.Attempt > 1 ? $"-{run.Attempt}" : "");
        await CreateAsync(run, config, cluster, name, id: 1);
        if (config.Pipelines > 0)
        {
            await CreateAsync(run, config, cluster, name + "-transformed", id: 2);
        }

        ProtocolReport protocol = await admin.ProtocolAsync(cluster, CancellationToken.None);
        await runs.UpdateAsync(input.RunId, r => r with { Protocol = protocol }, CancellationToken.None);
        return null;
    }

    private async Task CreateAsync(RunRecord run, WorkloadConfig config, ClusterAddress cluster, string name, int id)
    {
        TopicRecord? topic = run.CurrentTopics().FirstOrDefault(t => t.Id == id);
        if (topic is null)
        {
            if (await admin.ExistsAsync(cluster, name, CancellationToken.None))
            {
                throw new InvalidOperationException($"topic '{name}' exists already: a run makes its own and removes it; set config.topic to a name that is free, or leave it out");
            }

            topic = new TopicRecord(run.Attempt, name, id, config.Partitions, []);
            await runs.UpdateAsync(run.RunId, r => r.With(topic), CancellationToken.None);
        }

        int replication = config.Replication ?? Math.Min(3, run.Cluster!.Brokers);
        await admin.CreateAsync(cluster, new NewTopic(topic.Name, topic.Partitions, replication, config.TopicProperties.AsReadOnly()), CancellationToken.None);
        IReadOnlyList<long> starts = await admin.StartOffsetsAsync(cluster, topic.Name, topic.Partitions, CancellationToken.None);
        await runs.UpdateAsync(run.RunId, r => r.With(topic with { StartOffsets = starts }), CancellationToken.None);
    }
}
