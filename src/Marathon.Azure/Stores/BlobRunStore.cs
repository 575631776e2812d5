using System.Collections.Concurrent;
using Azure;
using Marathon.Azure.Fleets;
using Marathon.Azure.Secrets;
using Marathon.Azure.Storage;
using Marathon.Controller.Runs;
using Marathon.Controller.Storage;
using Microsoft.Extensions.Logging;

namespace Marathon.Azure.Stores;

/// <summary>
/// Records in blobs, <c>records/&lt;run&gt;.json</c>, that several instances of the controller read and change; tokens in the
/// vault. A record may be as old as <see cref="Staleness"/> when it is read, never when it is changed.
/// </summary>
public sealed class BlobRunStore(BlobContainer container, IRunSecrets secrets, TimeProvider time, ILogger<BlobRunStore> logger) : IRunStore
{
    /// <summary>For so long a record is not read again: every request of a worker asks for it.</summary>
    public static readonly TimeSpan Staleness = TimeSpan.FromSeconds(1);

    /// <summary>For so long a token works.</summary>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(15);

    private const string Folder = "records/", Extension = ".json";
    private const int Readers = 16;

    private readonly ConcurrentDictionary<string, Known> records = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> tokens = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task CreateAsync(RunRecord record, string token, CancellationToken cancellationToken)
    {
        if (await ReadAsync(record.RunId, cancellationToken) is not null) return;
        // The record comes last: a run that is there has its token.
        string name = FleetNames.ControllerSecret(record.RunId);
        if (await secrets.FindAsync(name, cancellationToken) is null)
            await secrets.PutAsync(name, token, time.GetUtcNow() + TokenLifetime, cancellationToken);
        await container.TryWriteAsync(NameOf(record.RunId), record, known: null, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<RunRecord?> FindAsync(string runId, CancellationToken cancellationToken)
    {
        if (!RunId.IsValid(runId)) return null;
        return records.TryGetValue(runId, out Known? known) && time.GetUtcNow() - known.At < Staleness
            ? known.Record
            : (await ReadAsync(runId, cancellationToken))?.Record;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RunRecord>> ListAsync(CancellationToken cancellationToken)
    {
        ConcurrentBag<RunRecord> found = [];
        ParallelOptions options = new() { MaxDegreeOfParallelism = Readers, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(await container.ListAsync(Folder, cancellationToken), options, async (blob, token) =>
        {
            string runId = blob.Name[Folder.Length..^Extension.Length];
            try
            {
                Known? known = records.TryGetValue(runId, out Known? kept) && kept.Version == blob.Version ? kept : await ReadAsync(runId, token);
                if (known is not null) found.Add(known.Record);
            }
            catch (StorageException error)
            {
                logger.RunUnreadable(runId, error);
            }
        });
        return [.. found.OrderBy(r => r.CreatedAt).ThenBy(r => r.RunId, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<RunRecord> UpdateAsync(string runId, Func<RunRecord, RunRecord> change, CancellationToken cancellationToken)
    {
        while (RunId.IsValid(runId) && await ReadAsync(runId, cancellationToken) is { } before)
        {
            RunRecord after = change(before.Record);
            if (ReferenceEquals(before.Record, after)) return after;
            if (!await container.TryWriteAsync(NameOf(runId), after, before.Version, cancellationToken)) continue;
            records.TryRemove(runId, out _);
            return after;
        }

        throw new RunNotFoundException(runId);
    }

    /// <inheritdoc/>
    public async Task<string?> TokenAsync(string runId, CancellationToken cancellationToken)
    {
        if (await FindAsync(runId, cancellationToken) is null) return null;
        if (tokens.TryGetValue(runId, out string? known)) return known;
        return await secrets.FindAsync(FleetNames.ControllerSecret(runId), cancellationToken) is { } token ? tokens.GetOrAdd(runId, token) : null;
    }

    private async Task<Known?> ReadAsync(string runId, CancellationToken cancellationToken)
    {
        if (await container.ReadAsync<RunRecord>(NameOf(runId), cancellationToken) is not { } found) return null;
        return records[runId] = new Known(found.Value, found.Version, time.GetUtcNow());
    }

    private static string NameOf(string runId) => Folder + runId + Extension;

    private sealed record Known(RunRecord Record, ETag Version, DateTimeOffset At);
}
