using System.Text.Json;
using Azure;
using Marathon.Azure.Storage;
using Marathon.Controller.Storage;
using Marathon.Controller.Workers;
using Marathon.Workers;

namespace Marathon.Azure.Stores;

/// <summary>Registrations in a table: the run is the partition, the worker the row.</summary>
public sealed class TableWorkerRegistry(StorageTable table, TimeProvider time) : IWorkerRegistry
{
    /// <inheritdoc/>
    public async Task<bool> PutAsync(string runId, string worker, Registration registration, CancellationToken cancellationToken)
    {
        TableRow row = new(worker, JsonSerializer.Serialize(registration, ControllerJson.Files), time.GetUtcNow());
        while (true)
        {
            (TableRow Row, ETag Version)? stored = await table.FindAsync(runId, worker, cancellationToken);
            if (stored is { } known && Read(known.Row).Epoch > registration.Epoch) return false;
            ETag? written = stored is { } old
                ? await table.TryReplaceAsync(runId, row, old.Version, cancellationToken)
                : await table.TryAddAsync(runId, row, cancellationToken);
            if (written is not null) return true;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RegisteredWorker>> ListAsync(string runId, CancellationToken cancellationToken) =>
        [.. (await table.ListAsync(runId, cancellationToken)).Select(row => new RegisteredWorker(row.Key, Read(row), row.At))];

    private static Registration Read(TableRow row) => JsonSerializer.Deserialize<Registration>(row.Value, ControllerJson.Files)!;
}
