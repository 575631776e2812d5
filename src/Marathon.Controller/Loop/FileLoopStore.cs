using Marathon.Controller.Storage;

namespace Marathon.Controller.Loop;

/// <summary>The loop in a file of the data folder.</summary>
public sealed class FileLoopStore(DataFolder data) : ILoopStore, IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <inheritdoc/>
    public async Task<LoopRecord> GetAsync(CancellationToken cancellationToken) =>
        await JsonFile.ReadAsync<LoopRecord>(data.Loop, cancellationToken) ?? LoopRecord.Empty;

    /// <inheritdoc/>
    public async Task<LoopRecord> UpdateAsync(Func<LoopRecord, LoopRecord> change, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            LoopRecord before = await GetAsync(cancellationToken);
            LoopRecord after = change(before);
            if (!ReferenceEquals(before, after))
            {
                await JsonFile.WriteAsync(data.Loop, after, cancellationToken);
            }

            return after;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();
}
