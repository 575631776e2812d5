using System.Collections.Concurrent;
using System.Text;
using Marathon.Controller.Storage;
using Microsoft.Extensions.Logging;

namespace Marathon.Controller.Runs;

/// <summary>Records in files, one owner per data folder: what is read once stays in memory.</summary>
public sealed class FileRunStore(DataFolder data, ILogger<FileRunStore> logger) : IRunStore
{
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task CreateAsync(RunRecord record, string token, CancellationToken cancellationToken)
    {
        Entry entry = EntryOf(record.RunId);
        await entry.Gate.WaitAsync(cancellationToken);
        try
        {
            if (await entry.LoadAsync(data, cancellationToken) is not null)
            {
                return;
            }

            await AtomicFile.WriteAsync(data.Token(record.RunId), Encoding.ASCII.GetBytes(token), cancellationToken);
            await JsonFile.WriteAsync(data.Spec(record.RunId), record.Spec, cancellationToken);
            await JsonFile.WriteAsync(data.Record(record.RunId), record, cancellationToken);
            (entry.Record, entry.Token) = (record, token);
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<RunRecord?> FindAsync(string runId, CancellationToken cancellationToken)
    {
        if (!RunId.IsValid(runId) || (!entries.ContainsKey(runId) && !File.Exists(data.Record(runId))))
        {
            return null;
        }

        Entry entry = EntryOf(runId);
        if (entry.Record is { } known)
        {
            return known;
        }

        await entry.Gate.WaitAsync(cancellationToken);
        try
        {
            return await entry.LoadAsync(data, cancellationToken);
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RunRecord>> ListAsync(CancellationToken cancellationToken)
    {
        List<RunRecord> records = [];
        foreach (string folder in Directory.Exists(data.Runs) ? Directory.EnumerateDirectories(data.Runs) : [])
        {
            try
            {
                if (await FindAsync(Path.GetFileName(folder), cancellationToken) is { } record)
                {
                    records.Add(record);
                }
            }
            catch (StorageException error)
            {
                logger.RunUnreadable(Path.GetFileName(folder), error);
            }
        }

        return [.. records.OrderBy(r => r.CreatedAt).ThenBy(r => r.RunId, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<RunRecord> UpdateAsync(string runId, Func<RunRecord, RunRecord> change, CancellationToken cancellationToken)
    {
        if (await FindAsync(runId, cancellationToken) is null)
        {
            throw new RunNotFoundException(runId);
        }

        Entry entry = EntryOf(runId);
        await entry.Gate.WaitAsync(cancellationToken);
        try
        {
            RunRecord before = entry.Record!;
            RunRecord after = change(before);
            if (!ReferenceEquals(before, after))
            {
                await JsonFile.WriteAsync(data.Record(runId), after, cancellationToken);
                entry.Record = after;
            }

            return after;
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<string?> TokenAsync(string runId, CancellationToken cancellationToken)
    {
        if (await FindAsync(runId, cancellationToken) is null)
        {
            return null;
        }

        Entry entry = EntryOf(runId);
        return entry.Token ??= await AtomicFile.ReadAsync(data.Token(runId), cancellationToken) is { } bytes ? Encoding.ASCII.GetString(bytes) : null;
    }

    private Entry EntryOf(string runId) => entries.GetOrAdd(runId, static id => new Entry(id));

    private sealed class Entry(string runId)
    {
        private volatile RunRecord? record;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public string? Token { get; set; }

        public RunRecord? Record
        {
            get => record;
            set => record = value;
        }

        public async Task<RunRecord?> LoadAsync(DataFolder data, CancellationToken cancellationToken) =>
            Record ??= await JsonFile.ReadAsync<RunRecord>(data.Record(runId), cancellationToken);
    }
}
