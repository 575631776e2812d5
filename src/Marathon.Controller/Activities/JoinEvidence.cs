using Marathon.Controller.Clusters;
using Marathon.Controller.Evidence;
using Marathon.Controller.Runs;
using Marathon.Controller.Topics;
using Marathon.Durable;
using Marathon.Verification;
using Microsoft.Extensions.Logging;

namespace Marathon.Controller.Activities;

/// <summary>
/// Joins the evidence of an attempt and says what must be read again. The ends of the partitions, and what the log holds around
/// violations, are kept in the run's record, so that the same join can be made again when the cluster is gone.
/// </summary>
public sealed class JoinEvidence(
    IRunStore runs, ClusterAccess clusters, IClusterAdmin admin, RunVerification verification, TimeProvider time, ILogger<JoinEvidence> logger)
    : Activity<JoinRequest, IReadOnlyList<RereadTask>>
{
    // What an activity answers must stay below a megabyte.
    private const int TasksAtMost = 2_000;

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<RereadTask>> RunAsync(ActivityContext context, JoinRequest input)
    {
        RunRecord run = await KeepEndsAsync(await runs.GetAsync(input.RunId, CancellationToken.None), input.Attempt);
        VerificationResult result = await verification.JoinAsync(run, input.Attempt, CancellationToken.None);
        await QuoteAsync(run, input.Attempt, result);
        logger.EvidenceJoined(input.RunId, result.Records.Acked, result.Records.Received, result.Records.Unseen, result.Rereads.Count);
        return [.. result.Rereads.Take(TasksAtMost).Select(range => new RereadTask(input.RunId, input.Attempt, range))];
    }

    private async Task QuoteAsync(RunRecord run, int attempt, VerificationResult result)
    {
        foreach (TopicRecord topic in run.Topics.Where(t => t.Attempt == attempt))
        {
            IReadOnlyList<LogPlace> wanted = LogPlace.Wanted(result, topic.Name, topic.Excerpts);
            if (wanted.Count == 0)
            {
                continue;
            }

            try
            {
                ClusterAddress cluster = await clusters.OpenAsync(run, CancellationToken.None);
                IReadOnlyList<LogExcerpt> quoted = await admin.QuoteAsync(cluster, topic.Name, wanted, CancellationToken.None);
                await runs.UpdateAsync(run.RunId, r => r.With(Quoted(r.Topics.First(t => t.Attempt == attempt && t.Name == topic.Name))), CancellationToken.None);
                TopicRecord Quoted(TopicRecord now) => now with { Excerpts = [.. now.Excerpts.ExceptBy(quoted.Select(e => e.Place), e => e.Place), .. quoted] };
            }
            catch (Exception error) when (error is ClusterGoneException or ClusterUnansweredException)
            {
                // That it does not answer is in the record already, with the ends. The examples do without.
                logger.NothingQuoted(run.RunId, topic.Name, error.Message);
            }
        }
    }

    private async Task<RunRecord> KeepEndsAsync(RunRecord run, int attempt)
    {
        foreach (TopicRecord topic in run.Topics.Where(t => t.Attempt == attempt && t.StartOffsets.Count > 0))
        {
            try
            {
                ClusterAddress cluster = await clusters.OpenAsync(run, CancellationToken.None);
                IReadOnlyList<long> ends = await admin.EndOffsetsAsync(cluster, topic.Name, topic.Partitions, CancellationToken.None);
                IReadOnlyList<long> starts = await admin.StartOffsetsAsync(cluster, topic.Name, topic.Partitions, CancellationToken.None);
                TopicRecord known = topic with { EndOffsets = ends, LowOffsets = starts, AskedAt = time.GetUtcNow() };
                run = await runs.UpdateAsync(run.RunId, r => r.With(known) with { VerificationTrouble = null }, CancellationToken.None);
            }
            catch (Exception error) when (error is ClusterGoneException or ClusterUnansweredException)
            {
                run = await runs.UpdateAsync(run.RunId, r => r with { VerificationTrouble = $"nothing could be read again: {error.Message}" }, CancellationToken.None);
            }
        }

        return run;
    }
}
