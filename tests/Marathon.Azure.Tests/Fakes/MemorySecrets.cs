using System.Collections.Concurrent;
using Marathon.Azure.Secrets;

namespace Marathon.Azure.Tests.Fakes;

public sealed class MemorySecrets(Death? death = null) : IRunSecrets
{
    public ConcurrentDictionary<string, string> Values { get; } = new();

    public Task<Uri> PutAsync(string name, string value, DateTimeOffset expires, CancellationToken cancellationToken) => Step(() =>
    {
        Values[name] = value;
        return Reference(name);
    });

    public Task<string?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(Values.GetValueOrDefault(name));

    public Uri Reference(string name) => new($"https://kv-marathon.vault.test/secrets/{name}");

    public Task RemoveAsync(string name, CancellationToken cancellationToken) => Step(() => Values.TryRemove(name, out _));

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([.. Values.Keys]);

    private Task<T> Step<T>(Func<T> effect) => death is null ? Task.FromResult(effect()) : death.StepAsync(() => Task.FromResult(effect()));
}
