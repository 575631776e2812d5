using System.Collections.Concurrent;
using Marathon.Azure.Secrets;

namespace Marathon.Azure.Tests.Fakes;

public sealed class MemorySecrets(TimeProvider time, Death? death = null) : IRunSecrets
{
    private readonly SoftDeletion deletion = new();

    private readonly ConcurrentDictionary<string, DateTimeOffset> created = new();

    public ConcurrentDictionary<string, string> Values { get; } = new();

    public Task<Uri> PutAsync(string name, string value, DateTimeOffset expires, CancellationToken cancellationToken) => Step(() =>
    {
        deletion.Check(name);
        (Values[name], created[name]) = (value, time.GetUtcNow());
        return Reference(name);
    });

    public Task<string?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(Values.GetValueOrDefault(name));

    public Uri Reference(string name) => new($"https://kv-marathon.vault.test/secrets/{name}");

    public Task RemoveAsync(string name, CancellationToken cancellationToken) => Step(() =>
    {
        bool was = Values.TryRemove(name, out _);
        if (was) deletion.Delete(name);
        return was;
    });

    public Task<IReadOnlyList<StoredSecret>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredSecret>>([.. Values.Keys.Select(name => new StoredSecret(name, created[name]))]);

    private Task<T> Step<T>(Func<T> effect) => death is null ? Task.FromResult(effect()) : death.StepAsync(() => Task.FromResult(effect()));
}
