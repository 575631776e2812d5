namespace Marathon.Controller.Evidence;

/// <summary>Keeps the newest evidence checkpoint of every life of every worker of a run.</summary>
public interface IEvidenceStore
{
    /// <summary>
    /// Stores a checkpoint in place of the older one; it is whole or absent whatever happens. One with a number not above
    /// the stored one is ignored, for checkpoints are cumulative. Answers the number that is stored now.
    /// </summary>
    Task<long> PutAsync(string runId, StoredEvidence checkpoint, CancellationToken cancellationToken);

    /// <summary>The checkpoint of one life; null when there is none.</summary>
    Task<StoredEvidence?> FindAsync(string runId, string worker, int epoch, CancellationToken cancellationToken);

    /// <summary>The checkpoints of every life.</summary>
    Task<IReadOnlyList<StoredEvidence>> ListAsync(string runId, CancellationToken cancellationToken);
}
