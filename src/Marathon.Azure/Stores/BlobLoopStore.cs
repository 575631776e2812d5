using Azure;
using Marathon.Azure.Storage;
using Marathon.Controller.Loop;

namespace Marathon.Azure.Stores;

/// <summary>The loop in a blob.</summary>
public sealed class BlobLoopStore(BlobContainer container) : ILoopStore
{
    private const string Name = "loop.json";

    /// <inheritdoc/>
    public async Task<LoopRecord> GetAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).Record;

    /// <inheritdoc/>
    public async Task<LoopRecord> UpdateAsync(Func<LoopRecord, LoopRecord> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            (LoopRecord before, ETag? version) = await ReadAsync(cancellationToken);
            LoopRecord after = change(before);
            if (ReferenceEquals(before, after) || await container.TryWriteAsync(Name, after, version, cancellationToken)) return after;
        }
    }

    private async Task<(LoopRecord Record, ETag? Version)> ReadAsync(CancellationToken cancellationToken) =>
        await container.ReadAsync<LoopRecord>(Name, cancellationToken) is { } found ? (found.Value, found.Version) : (LoopRecord.Empty, null);
}
