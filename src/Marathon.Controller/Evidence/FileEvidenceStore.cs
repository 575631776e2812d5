using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Marathon.Controller.Storage;

namespace Marathon.Controller.Evidence;

/// <summary>
/// A file for each life, <c>evidence/&lt;worker&gt;-&lt;epoch&gt;.json</c>, replaced atomically; its first line holds the checkpoint's number.
/// </summary>
public sealed partial class FileEvidenceStore(DataFolder data) : IEvidenceStore
{
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<long> PutAsync(string runId, StoredEvidence checkpoint, CancellationToken cancellationToken)
    {
        string path = PathOf(runId, checkpoint.Worker, checkpoint.Epoch);
        Entry entry = entries.GetOrAdd(path, static _ => new());
        await entry.Gate.WaitAsync(cancellationToken);
        try
        {
            entry.Number ??= (await ReadAsync(path, cancellationToken))?.Number ?? 0;
            if (checkpoint.Number > entry.Number)
            {
                byte[] number = System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{checkpoint.Number}\n"));
                await AtomicFile.WriteAsync(path, (byte[])[.. number, .. checkpoint.Content.Span], cancellationToken);
                entry.Number = checkpoint.Number;
            }

            return entry.Number.Value;
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    /// <inheritdoc/>
    public Task<StoredEvidence?> FindAsync(string runId, string worker, int epoch, CancellationToken cancellationToken) =>
        ReadAsync(PathOf(runId, worker, epoch), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredEvidence>> ListAsync(string runId, CancellationToken cancellationToken)
    {
        List<StoredEvidence> all = [];
        string folder = data.Evidence(runId);
        string[] paths = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
        foreach (string path in paths.Order(StringComparer.Ordinal))
        {
            if (await ReadAsync(path, cancellationToken) is { } checkpoint)
            {
                all.Add(checkpoint);
            }
        }

        return all;
    }

    private static async Task<StoredEvidence?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        Match name = FileName().Match(Path.GetFileName(path));
        if (!name.Success || await AtomicFile.ReadAsync(path, cancellationToken) is not { } bytes)
        {
            return null;
        }

        int end = Array.IndexOf(bytes, (byte)'\n');
        return end > 0 && long.TryParse(bytes.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? new StoredEvidence(name.Groups[1].Value, int.Parse(name.Groups[2].ValueSpan, CultureInfo.InvariantCulture), number, bytes.AsMemory(end + 1))
            : throw new StorageException($"{path} is damaged: its first line is no checkpoint number; remove it to go on without that evidence", new FormatException());
    }

    private string PathOf(string runId, string worker, int epoch) =>
        Path.Combine(data.Evidence(runId), string.Create(CultureInfo.InvariantCulture, $"{worker}-{epoch}.json"));

    [GeneratedRegex("^([a-z0-9][a-z0-9-]*)-([0-9]{1,9})\\.json\\z", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();

    private sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public long? Number { get; set; }
    }
}
