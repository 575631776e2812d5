using System.Globalization;
using System.Text.RegularExpressions;
using Marathon.Azure.Storage;
using Marathon.Controller.Evidence;

namespace Marathon.Azure.Stores;

/// <summary>A blob for each life, <c>evidence/&lt;run&gt;/&lt;worker&gt;-&lt;epoch&gt;.json</c>, that carries the checkpoint's number.</summary>
public sealed partial class BlobEvidenceStore(BlobContainer container) : IEvidenceStore
{
    private const int Readers = 16;

    /// <inheritdoc/>
    public async Task<long> PutAsync(string runId, StoredEvidence checkpoint, CancellationToken cancellationToken)
    {
        string name = NameOf(runId, checkpoint.Worker, checkpoint.Epoch);
        while (true)
        {
            Blob? stored = await container.LookAsync(name, cancellationToken);
            if (stored is not null && stored.Number >= checkpoint.Number) return stored.Number;
            if (await container.TryWriteAsync(name, checkpoint.Content, stored?.Version, checkpoint.Number, cancellationToken)) return checkpoint.Number;
        }
    }

    /// <inheritdoc/>
    public async Task<StoredEvidence?> FindAsync(string runId, string worker, int epoch, CancellationToken cancellationToken) =>
        await container.ReadAsync(NameOf(runId, worker, epoch), cancellationToken) is { } blob ? new StoredEvidence(worker, epoch, blob.Number, blob.Content) : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredEvidence>> ListAsync(string runId, CancellationToken cancellationToken)
    {
        Match[] names = [.. (await container.ListAsync($"evidence/{runId}/", cancellationToken)).Select(b => LifeName().Match(b.Name)).Where(m => m.Success)];
        StoredEvidence?[] found = new StoredEvidence?[names.Length];
        await Parallel.ForAsync(0, names.Length, new ParallelOptions { MaxDegreeOfParallelism = Readers, CancellationToken = cancellationToken }, async (i, token) =>
            found[i] = await FindAsync(runId, names[i].Groups[1].Value, int.Parse(names[i].Groups[2].ValueSpan, CultureInfo.InvariantCulture), token));
        return [.. found.OfType<StoredEvidence>()];
    }

    private static string NameOf(string runId, string worker, int epoch) => string.Create(CultureInfo.InvariantCulture, $"evidence/{runId}/{worker}-{epoch}.json");

    [GeneratedRegex("/([a-z0-9][a-z0-9-]*)-([0-9]{1,9})\\.json\\z", RegexOptions.CultureInvariant)]
    private static partial Regex LifeName();
}
