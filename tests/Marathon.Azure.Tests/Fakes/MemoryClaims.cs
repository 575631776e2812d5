using System.Collections.Concurrent;
using Marathon.Azure.Claims;

namespace Marathon.Azure.Tests.Fakes;

public sealed class MemoryClaims(Death? death = null) : IClaimStore
{
    private readonly ConcurrentDictionary<(string Run, string Key), ClaimRow> table = new();

    public Task<bool> TryAddAsync(string runId, ClaimRow row, CancellationToken cancellationToken) => Step(() => table.TryAdd((runId, row.Key), row));

    public Task PutAsync(string runId, IReadOnlyList<ClaimRow> rows, CancellationToken cancellationToken) => Step(() =>
    {
        foreach (ClaimRow row in rows) table[(runId, row.Key)] = row;
        return true;
    });

    public Task<IReadOnlyList<ClaimRow>> ListAsync(string runId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ClaimRow>>([.. table.Where(row => row.Key.Run == runId).Select(row => row.Value)]);

    public Task RemoveAsync(string runId, string key, CancellationToken cancellationToken) => Step(() => table.TryRemove((runId, key), out _));

    public Task<IReadOnlyList<string>> RunsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. table.Keys.Select(key => key.Run).Distinct()]);

    private Task<bool> Step(Func<bool> effect) => death is null ? Task.FromResult(effect()) : death.StepAsync(() => Task.FromResult(effect()));
}
