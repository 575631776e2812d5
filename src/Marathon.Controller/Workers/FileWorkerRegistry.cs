using System.Collections.Concurrent;
using Marathon.Controller.Storage;
using Marathon.Workers;

namespace Marathon.Controller.Workers;

/// <summary>Registrations in a file per run, so that a new controller finds the workers that live on.</summary>
public sealed class FileWorkerRegistry(DataFolder data, TimeProvider time) : IWorkerRegistry
{
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<bool> PutAsync(string runId, string worker, Registration registration, CancellationToken cancellationToken)
    {
        Entry entry = entries.GetOrAdd(runId, static _ => new());
        await entry.Gate.WaitAsync(cancellationToken);
        try
        {
            IReadOnlyList<RegisteredWorker> before = await LoadAsync(runId, entry, cancellationToken);
            if (before.FirstOrDefault(w => w.Worker == worker) is { } known && known.Registration.Epoch > registration.Epoch)
            {
                return false;
            }

            List<RegisteredWorker> after = [.. before.Where(w => w.Worker != worker), new(worker, registration, time.GetUtcNow())];
            await JsonFile.WriteAsync(data.Registrations(runId), after, cancellationToken);
            entry.Workers = after;
            return true;
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RegisteredWorker>> ListAsync(string runId, CancellationToken cancellationToken)
    {
        Entry entry = entries.GetOrAdd(runId, static _ => new());
        await entry.Gate.WaitAsync(cancellationToken);
        try
        {
            return await LoadAsync(runId, entry, cancellationToken);
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    private async Task<IReadOnlyList<RegisteredWorker>> LoadAsync(string runId, Entry entry, CancellationToken cancellationToken) =>
        entry.Workers ??= await JsonFile.ReadAsync<List<RegisteredWorker>>(data.Registrations(runId), cancellationToken) ?? [];

    private sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public IReadOnlyList<RegisteredWorker>? Workers { get; set; }
    }
}
