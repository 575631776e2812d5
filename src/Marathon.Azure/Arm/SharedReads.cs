using System.Collections.Concurrent;

namespace Marathon.Azure.Arm;

/// <summary>
/// One read for many askers: at most one per key and interval, however many ask and whether it succeeds or fails, for a read
/// that was throttled must not be tried again at once by the next asker.
/// </summary>
internal sealed class SharedReads<T>(TimeProvider time, TimeSpan interval)
{
    private readonly ConcurrentDictionary<string, Entry> entries = new();

    public Task<T> GetAsync(string key, Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach (KeyValuePair<string, Entry> old in entries)
        {
            if (now - old.Value.At > interval * 4) entries.TryRemove(old);
        }
        Entry entry = entries.AddOrUpdate(
            key, _ => new Entry(now, read), (_, found) => now - found.At < interval ? found : new Entry(now, read));
        return entry.Value.WaitAsync(cancellationToken);
    }

    /// <summary>Forgets what was read, after a write of our own.</summary>
    public void Invalidate(string key) => entries.TryRemove(key, out _);

    private sealed class Entry(DateTimeOffset at, Func<CancellationToken, Task<T>> read)
    {
        // The read belongs to all who ask: no single asker's cancellation may end it.
        private readonly Lazy<Task<T>> value = new(() => read(CancellationToken.None));

        public DateTimeOffset At => at;

        public Task<T> Value => value.Value;
    }
}
