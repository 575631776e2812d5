using System.Collections.Concurrent;
using Marathon.Controller.Storage;
using Marathon.Reports;
using Marathon.Workers;

namespace Marathon.Controller.Workers;

/// <summary>Rows and series in memory, written to the run's folder every few seconds: a crash costs no more than those.</summary>
public sealed class FileHeartbeats(DataFolder data, TimeProvider time) : IHeartbeats
{
    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Lazy<Task<FleetTable>>> tables = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public DateTimeOffset ListeningSince { get; } = time.GetUtcNow();

    /// <inheritdoc/>
    public async Task<bool> PutAsync(string runId, string worker, Heartbeat heartbeat, CancellationToken cancellationToken) =>
        (await TableAsync(runId, cancellationToken)).Put(worker, heartbeat, time.GetUtcNow());

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HeartbeatRow>> ListAsync(string runId, CancellationToken cancellationToken) =>
        (await TableAsync(runId, cancellationToken)).Rows();

    /// <inheritdoc/>
    public async Task SampleAsync(string runId, TimeSpan sinceStart, CancellationToken cancellationToken)
    {
        FleetTable table = await TableAsync(runId, cancellationToken);
        table.Sample(sinceStart.TotalSeconds, time.GetUtcNow() - FleetTable.Fresh);
        if (time.GetUtcNow() - table.FlushedAt >= FlushInterval)
        {
            await FlushAsync(runId, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SeriesReport>> SeriesAsync(string runId, CancellationToken cancellationToken) =>
        (await TableAsync(runId, cancellationToken)).Series();

    /// <inheritdoc/>
    public async Task FlushAsync(string runId, CancellationToken cancellationToken)
    {
        FleetTable table = await TableAsync(runId, cancellationToken);
        table.FlushedAt = time.GetUtcNow();
        await JsonFile.WriteAsync(data.Fleet(runId), table.Snapshot(), cancellationToken);
    }

    private Task<FleetTable> TableAsync(string runId, CancellationToken cancellationToken)
    {
        Lazy<Task<FleetTable>> table = tables.GetOrAdd(runId, id => new(() => LoadAsync(id)));
        if (table.Value.IsFaulted)
        {
            tables.TryRemove(new KeyValuePair<string, Lazy<Task<FleetTable>>>(runId, table));
        }

        return table.Value.WaitAsync(cancellationToken);
    }

    // Shared by every caller, so none of their tokens may cancel it.
    private async Task<FleetTable> LoadAsync(string runId) =>
        new(await JsonFile.ReadAsync<FleetSnapshot>(data.Fleet(runId), CancellationToken.None));
}
