using Marathon.Azure.Storage;

namespace Marathon.Azure.Claims;

/// <summary>Claims in a storage table: the run is the partition, the key the row.</summary>
public sealed class TableClaims(StorageTable table) : IClaimStore
{
    private const int Writers = 16;

    /// <inheritdoc />
    public async Task<bool> TryAddAsync(string runId, ClaimRow row, CancellationToken cancellationToken) =>
        await table.TryAddAsync(runId, Row(row), cancellationToken) is not null;

    /// <inheritdoc />
    public Task PutAsync(string runId, IReadOnlyList<ClaimRow> rows, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        rows,
        new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = cancellationToken },
        async (row, token) => await table.PutAsync(runId, Row(row), token));

    /// <inheritdoc />
    public async Task<IReadOnlyList<ClaimRow>> ListAsync(string runId, CancellationToken cancellationToken) =>
        [.. (await table.ListAsync(runId, cancellationToken)).Select(row => new ClaimRow(row.Key, row.Value, row.At))];

    /// <inheritdoc />
    public Task RemoveAsync(string runId, string key, CancellationToken cancellationToken) => table.RemoveAsync(runId, key, cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> RunsAsync(CancellationToken cancellationToken) => table.PartitionsAsync(cancellationToken);

    private static TableRow Row(ClaimRow row) => new(row.Key, row.Value, row.At);
}
