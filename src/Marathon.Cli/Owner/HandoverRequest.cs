namespace Marathon.Cli.Owner;

/// <summary>Whether another process has asked this owner to let go of the data folder.</summary>
internal sealed class HandoverRequest : IDisposable
{
    private readonly CancellationTokenSource asked = new();

    /// <summary>Cancelled once it has.</summary>
    public CancellationToken Asked => asked.Token;

    /// <summary>Asks.</summary>
    public void Ask() => asked.Cancel();

    public void Dispose() => asked.Dispose();
}
