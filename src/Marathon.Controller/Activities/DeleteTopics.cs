using Marathon.Controller.Clusters;
using Marathon.Controller.Runs;
using Marathon.Controller.Topics;
using Marathon.Durable;

namespace Marathon.Controller.Activities;

/// <summary>Deletes the topics that the run made. With a cluster that is gone they are gone too.</summary>
public sealed class DeleteTopics(IRunStore runs, ClusterAccess clusters, IClusterAdmin admin) : Activity<RunRequest, object?>
{
    /// <inheritdoc/>
    public override async Task<object?> RunAsync(ActivityContext context, RunRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        foreach (TopicRecord topic in run.Topics.Where(t => !t.Deleted))
        {
            try
            {
                await admin.DeleteAsync(await clusters.OpenAsync(run, CancellationToken.None), topic.Name, CancellationToken.None);
            }
            catch (ClusterGoneException)
            {
                return null;
            }

            await runs.UpdateAsync(input.RunId, r => r.With(topic with { Deleted = true }), CancellationToken.None);
        }

        return null;
    }
}
