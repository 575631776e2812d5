namespace Marathon.Testbed.Cluster;

/// <summary>What a broker's every step passes through: closed while it is paused, as SIGSTOP would hold it.</summary>
internal sealed class PauseGate
{
    private readonly Lock _sync = new();
    private volatile TaskCompletionSource? _paused;

    public bool IsPaused => _paused is not null;

    public Task WaitAsync(CancellationToken cancel) => _paused?.Task.WaitAsync(cancel) ?? Task.CompletedTask;

    public void Pause()
    {
        lock (_sync)
            _paused ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Resume()
    {
        lock (_sync)
        {
            _paused?.SetResult();
            _paused = null;
        }
    }
}
