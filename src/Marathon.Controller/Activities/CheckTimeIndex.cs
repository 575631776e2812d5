using Marathon.Controller.Clusters;
using Marathon.Controller.Runs;
using Marathon.Controller.Topics;
using Marathon.Durable;
using Marathon.Verification;

namespace Marathon.Controller.Activities;

/// <summary>Holds ListOffsets by time against the attempt's log, and writes down what disagrees.</summary>
public sealed class CheckTimeIndex(IRunStore runs, ClusterAccess clusters, IClusterAdmin admin) : Activity<JoinRequest, object?>
{
    /// <inheritdoc/>
    public override async Task<object?> RunAsync(ActivityContext context, JoinRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        foreach (TopicRecord topic in run.Topics.Where(t => t.Attempt == input.Attempt && t.StartOffsets.Count > 0))
        {
            try
            {
                IReadOnlyList<AnomalyExample> found = await admin.CheckTimeIndexAsync(
                    await clusters.OpenAsync(run, CancellationToken.None), topic.Name, topic.Partitions, CancellationToken.None);
                AnomalyTally[] observed = found.Count == 0 ? [] : [new AnomalyTally(AnomalyKind.OffsetForTimeMismatch, found.Count, found)];
                await runs.UpdateAsync(
                    run.RunId,
                    r => r.With(r.Topics.First(t => t.Attempt == topic.Attempt && t.Name == topic.Name) with { Observed = observed }),
                    CancellationToken.None);
            }
            catch (Exception error) when (error is ClusterGoneException or ClusterUnansweredException)
            {
                // The join meets the same cluster next, and says that it does not answer.
            }
        }

        return null;
    }
}
