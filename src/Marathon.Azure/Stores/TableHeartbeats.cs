using System.Globalization;
using System.Text.Json;
using Azure;
using Marathon.Azure.Storage;
using Marathon.Controller.Storage;
using Marathon.Controller.Workers;
using Marathon.Reports;
using Marathon.Workers;
using Microsoft.Extensions.Caching.Memory;

namespace Marathon.Azure.Stores;

/// <summary>Heartbeats in a table, a row for each life, which any instance of the controller may write; series in a blob.</summary>
public sealed class TableHeartbeats(StorageTable table, BlobContainer container, TimeProvider time) : IHeartbeats, IDisposable
{
    // A table takes 2,000 operations a second for one partition: what this instance wrote last saves it from looking first.
    private static readonly MemoryCacheEntryOptions s_kept = new() { SlidingExpiration = TimeSpan.FromMinutes(5) };
    private readonly MemoryCache written = new(new MemoryCacheOptions());

    /// <inheritdoc/>
    public DateTimeOffset ListeningSince { get; } = time.GetUtcNow();

    /// <inheritdoc/>
    public async Task<bool> PutAsync(string runId, string worker, Heartbeat heartbeat, CancellationToken cancellationToken)
    {
        TableRow row = new(
            string.Create(CultureInfo.InvariantCulture, $"{worker}:{heartbeat.Epoch}"), JsonSerializer.Serialize(heartbeat, ControllerJson.Files), time.GetUtcNow());
        (string, string) key = (runId, row.Key);
        while (true)
        {
            Known? known = written.Get<Known>(key) ?? await LookAsync(runId, row.Key, cancellationToken);
            if (known is not null && known.Number >= heartbeat.Number) return false;
            ETag? version = known is null
                ? await table.TryAddAsync(runId, row, cancellationToken)
                : await table.TryReplaceAsync(runId, row, known.Version, cancellationToken);
            if (version is { } stored)
            {
                written.Set(key, new Known(heartbeat.Number, stored), s_kept);
                return true;
            }

            written.Remove(key);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HeartbeatRow>> ListAsync(string runId, CancellationToken cancellationToken) =>
        [.. (await table.ListAsync(runId, cancellationToken)).Select(row => new HeartbeatRow(row.Key[..row.Key.IndexOf(':', StringComparison.Ordinal)], Read(row), row.At))];

    /// <inheritdoc/>
    public async Task SampleAsync(string runId, TimeSpan sinceStart, CancellationToken cancellationToken)
    {
        (FleetSnapshot Value, ETag Version)? before = await container.ReadAsync<FleetSnapshot>(SeriesOf(runId), cancellationToken);
        FleetTable fleet = new(new FleetSnapshot(await ListAsync(runId, cancellationToken), before?.Value.Series ?? [], before?.Value.Totals));
        fleet.Sample(sinceStart.TotalSeconds, time.GetUtcNow() - FleetTable.Fresh);
        // Where another instance was quicker there is a point already.
        await container.TryWriteAsync(SeriesOf(runId), fleet.Snapshot() with { Rows = [] }, before?.Version, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SeriesReport>> SeriesAsync(string runId, CancellationToken cancellationToken) =>
        new FleetTable((await container.ReadAsync<FleetSnapshot>(SeriesOf(runId), cancellationToken))?.Value).Series();

    /// <summary>Nothing is kept back.</summary>
    public Task FlushAsync(string runId, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => written.Dispose();

    private async Task<Known?> LookAsync(string runId, string key, CancellationToken cancellationToken) =>
        await table.FindAsync(runId, key, cancellationToken) is { } found ? new Known(Read(found.Row).Number, found.Version) : null;

    private static Heartbeat Read(TableRow row) => JsonSerializer.Deserialize<Heartbeat>(row.Value, ControllerJson.Files)!;

    private static string SeriesOf(string runId) => $"series/{runId}.json";

    private sealed record Known(long Number, ETag Version);
}
