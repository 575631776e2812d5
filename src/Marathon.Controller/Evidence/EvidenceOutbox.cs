using Marathon.Controller.Storage;
using Marathon.Verification;
using Marathon.Workers;
using Microsoft.Extensions.Logging;

namespace Marathon.Controller.Evidence;

/// <summary>Where workers on this machine leave a checkpoint that they could not deliver.</summary>
public sealed class EvidenceOutbox(DataFolder data, IEvidenceStore store, ILogger<EvidenceOutbox> logger)
{
    /// <summary>Takes what lies there. A file that is no evidence stays, and the log says so.</summary>
    public async Task CollectAsync(string runId, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(data.Run(runId), WorkerProtocol.EvidenceOutbox);
        foreach (string path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json") : [])
        {
            if (await AtomicFile.ReadAsync(path, cancellationToken) is not { } bytes)
            {
                continue;
            }

            try
            {
                WorkerEvidence evidence = EvidenceJson.Read(bytes);
                if (evidence.Run == runId)
                {
                    await store.PutAsync(runId, new StoredEvidence(evidence.Worker, evidence.Epoch, evidence.Number, bytes), cancellationToken);
                }
            }
            catch (EvidenceFormatException error)
            {
                logger.EvidenceUnreadable(path, error);
            }
        }
    }
}
