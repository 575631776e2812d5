using Marathon.Controller.Clusters;
using Marathon.Controller.Runs;
using Marathon.Controller.Topics;
using Marathon.Durable;
using Marathon.Scenarios;
using Marathon.Verification;
using Marathon.Workers.Load;

namespace Marathon.Controller.Activities;

/// <summary>
/// Writes down the ends of the attempt's partitions as consumers of committed records see them. Answers whether one of them is
/// still held back by a transaction, so that it must be looked at again.
/// </summary>
public sealed class SampleStableOffsets(IRunStore runs, ScenarioCatalog catalog, ClusterAccess clusters, IClusterAdmin admin, TimeProvider time) : Activity<JoinRequest, bool>
{
    /// <inheritdoc/>
    public override async Task<bool> RunAsync(ActivityContext context, JoinRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        if (catalog.Get(run.Spec.Scenario).Bind(run.Spec).EffectiveGuarantee != Guarantee.ExactlyOnce)
        {
            return false;
        }

        bool held = false;
        foreach (TopicRecord topic in run.Topics.Where(t => t.Attempt == input.Attempt && t.StartOffsets.Count > 0))
        {
            try
            {
                ClusterAddress cluster = await clusters.OpenAsync(run, CancellationToken.None);
                IReadOnlyList<long> stable = await admin.StableOffsetsAsync(cluster, topic.Name, topic.Partitions, CancellationToken.None);
                IReadOnlyList<long> ends = await admin.EndOffsetsAsync(cluster, topic.Name, topic.Partitions, CancellationToken.None);
                long now = Records.RecordTime.From(time.GetUtcNow());
                held |= ends.Zip(stable).Any(each => each.Second >= 0 && each.Second < each.First);
                run = await runs.UpdateAsync(run.RunId, r => r.With(With(r, topic, now, ends, stable)), CancellationToken.None);
            }
            catch (Exception error) when (error is ClusterGoneException or ClusterUnansweredException)
            {
                return false;
            }
        }

        return held;
    }

    private static TopicRecord With(RunRecord run, TopicRecord topic, long now, IReadOnlyList<long> ends, IReadOnlyList<long> stable)
    {
        TopicRecord known = run.Topics.First(t => t.Attempt == topic.Attempt && t.Name == topic.Name);
        Dictionary<int, IReadOnlyList<OffsetSample>> samples = new(known.Samples);
        for (int partition = 0; partition < ends.Count; partition++)
        {
            if (stable[partition] >= 0)
            {
                samples[partition] = [.. known.Samples.GetValueOrDefault(partition, []), new OffsetSample(now, ends[partition], stable[partition])];
            }
        }

        return known with { Samples = samples };
    }
}
