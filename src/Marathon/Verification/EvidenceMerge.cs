using Marathon.Latency;

namespace Marathon.Verification;

/// <summary>
/// All evidence of a run. Of each life of a worker the checkpoint with the highest number counts; every life counts, replaced or
/// not. So merging does not depend on order, repetition or loss of checkpoints but the last.
/// </summary>
public sealed class EvidenceMerge
{
    private readonly Dictionary<(string Worker, int Epoch), WorkerEvidence> _latest = [];

    /// <summary>The newest checkpoint of every life of every worker.</summary>
    public IReadOnlyList<WorkerEvidence> Checkpoints =>
        [.. _latest.Values.OrderBy(evidence => evidence.Worker, StringComparer.Ordinal).ThenBy(evidence => evidence.Epoch)];

    /// <summary>Publish latency of all workers together.</summary>
    public LatencyHistogram PublishLatency => Total(evidence => evidence.PublishLatency);

    /// <summary>End-to-end latency of all workers together.</summary>
    public LatencyHistogram EndToEndLatency => Total(evidence => evidence.EndToEndLatency);

    /// <summary>Takes a checkpoint.</summary>
    /// <returns>False when a newer one, or this one, was there already.</returns>
    public bool Add(WorkerEvidence evidence)
    {
        var key = (evidence.Worker, evidence.Epoch);
        if (_latest.TryGetValue(key, out var known) && known.Number >= evidence.Number)
            return false;

        _latest[key] = evidence;
        return true;
    }

    /// <summary>Takes everything that another one has.</summary>
    public void Add(EvidenceMerge other)
    {
        foreach (var evidence in other._latest.Values)
            Add(evidence);
    }

    /// <summary>The newest checkpoint of a life of a worker; null when there is none.</summary>
    public WorkerEvidence? Find(string worker, int epoch) => _latest.GetValueOrDefault((worker, epoch));

    private LatencyHistogram Total(Func<WorkerEvidence, LatencySnapshot> latency)
    {
        var total = new LatencyHistogram();
        foreach (var evidence in _latest.Values)
            total.Add(latency(evidence));

        return total;
    }
}
