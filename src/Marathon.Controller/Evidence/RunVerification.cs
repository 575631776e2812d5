using Marathon.Controller.Load;
using Marathon.Controller.Runs;
using Marathon.Controller.Topics;
using Marathon.Records;
using Marathon.Scenarios;
using Marathon.Verification;

namespace Marathon.Controller.Evidence;

/// <summary>Joins what is stored of a run's evidence with what the controller knows. The same join can be made at any time.</summary>
public sealed class RunVerification(IEvidenceStore evidence, ScenarioCatalog catalog)
{
    /// <summary>Id of the evidence of whoever reads a range again.</summary>
    public static string RereaderOf(int attempt, int topicId, int partition, long from) => $"{RereaderPrefix(attempt)}{topicId}-{partition}-{from}";

    /// <summary>The checkpoints of an attempt: of its workers and of those who read again.</summary>
    public async Task<IReadOnlyList<WorkerEvidence>> CheckpointsAsync(RunRecord run, int attempt, CancellationToken cancellationToken)
    {
        HashSet<(string, int)> lives = [.. run.Workers.Where(l => l.Attempt == attempt).Select(l => (l.Worker, l.Epoch))];
        EvidenceMerge merge = new();
        foreach (StoredEvidence stored in await evidence.ListAsync(run.RunId, cancellationToken))
        {
            if (lives.Contains((stored.Worker, stored.Epoch)) || stored.Worker.StartsWith(RereaderPrefix(attempt), StringComparison.Ordinal))
            {
                merge.Add(EvidenceJson.Read(stored.Content.Span));
            }
        }

        return merge.Checkpoints;
    }

    /// <summary>What became of every record of an attempt.</summary>
    public async Task<VerificationResult> JoinAsync(RunRecord run, int attempt, CancellationToken cancellationToken) =>
        EvidenceJoin.Join(await CheckpointsAsync(run, attempt, cancellationToken), Facts(run, attempt));

    private RunFacts Facts(RunRecord run, int attempt)
    {
        WorkloadConfig config = catalog.Get(run.Spec.Scenario).Bind(run.Spec);
        return new RunFacts
        {
            Run = run.RunId,
            Topics = [.. run.Topics.Where(t => t.Attempt == attempt).Select(topic => Facts(run, topic, config))],
            Observed = [.. run.Topics.Where(t => t.Attempt == attempt).SelectMany(topic => topic.Observed)],
            Guarantee = config.EffectiveGuarantee,
            Acks = (Acks)config.RequiredAcks,
            Assignment = config.Assignment,
            Incarnations = LoadPlanner.FirstIncarnations(run, config, attempt).ToHashSet(),
            Drained = true,
            SecondReading = true,
        };
    }

    private static TopicFacts Facts(RunRecord run, TopicRecord topic, WorkloadConfig config) => new()
    {
        Name = topic.Name,
        Id = topic.Id,
        Removes = TopicPolicy.IsCompacted(config),
        Compacted = TopicPolicy.IsCompacted(config),
        DeleteRetention = TopicPolicy.DeleteRetention(config),
        Retention = TopicPolicy.Retention(config),
        MadeAt = RecordTime.From(run.CreatedAt),
        AskedAt = RecordTime.From(topic.AskedAt ?? run.CreatedAt),
        FirstOffsets = ByPartition(topic.StartOffsets),
        StartOffsets = ByPartition(topic.LowOffsets),
        Samples = topic.Samples,
        Withheld = topic.Withheld,
        Excerpts = topic.Excerpts,
        LogAppendTime = config.TopicProperties.TryGetValue("message.timestamp.type", out string? type) && type == "LogAppendTime",
        // A partition whose leader did not answer has a negative offset: its end is not known.
        EndOffsets = ByPartition(topic.EndOffsets),
    };

    private static Dictionary<int, long> ByPartition(IReadOnlyList<long> offsets) =>
        offsets.Select((offset, partition) => (offset, partition)).Where(e => e.offset >= 0).ToDictionary(e => e.partition, e => e.offset);

    private static string RereaderPrefix(int attempt) => $"reread-{attempt}-";
}
