namespace Marathon.Azure.Claims;

/// <summary>
/// Rows by run and key that outlive the process. All that is asked of it is that of two writers who add the same key at the
/// same time exactly one succeeds.
/// </summary>
public interface IClaimStore
{
    /// <summary>Adds a row. False when there is one with that key.</summary>
    Task<bool> TryAddAsync(string runId, ClaimRow row, CancellationToken cancellationToken);

    /// <summary>Adds rows, in place of those with the same keys.</summary>
    Task PutAsync(string runId, IReadOnlyList<ClaimRow> rows, CancellationToken cancellationToken);

    /// <summary>All rows of a run, in no order; none when there is no such run.</summary>
    Task<IReadOnlyList<ClaimRow>> ListAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Removes one row; nothing to do is fine.</summary>
    Task RemoveAsync(string runId, string key, CancellationToken cancellationToken);

    /// <summary>Runs that have rows.</summary>
    Task<IReadOnlyList<string>> RunsAsync(CancellationToken cancellationToken);
}
