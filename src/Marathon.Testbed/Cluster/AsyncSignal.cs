namespace Marathon.Testbed.Cluster;

/// <summary>Wakes one waiter; a signal given while nobody waits is kept for the next.</summary>
internal sealed class AsyncSignal
{
    private readonly Lock _sync = new();
    private TaskCompletionSource? _waiter;
    private bool _set;

    public void Set()
    {
        TaskCompletionSource? waiter;
        lock (_sync)
        {
            waiter = _waiter;
            _waiter = null;
            _set = waiter is null;
        }

        waiter?.TrySetResult();
    }

    /// <summary>True when signalled, false when the time was up first.</summary>
    public async ValueTask<bool> WaitAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancel)
    {
        Task waiting;
        lock (_sync)
        {
            if (_set)
            {
                _set = false;
                return true;
            }

            _waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting = _waiter.Task;
        }

        try
        {
            await waiting.WaitAsync(timeout, time, cancel);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
