namespace Marathon.Testbed.Net;

/// <summary>Bounds the memory of all requests that are being received, of all connections to all brokers.</summary>
internal sealed class ReceiveBudget(long maxBytes)
{
    private readonly Lock _sync = new();
    private TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _used;

    /// <summary>Waits until there is room. A single request always finds room when nothing else is being received.</summary>
    public async ValueTask ReserveAsync(int bytes, CancellationToken cancel)
    {
        while (true)
        {
            Task released;
            lock (_sync)
            {
                if (_used == 0 || _used + bytes <= maxBytes)
                {
                    _used += bytes;
                    return;
                }

                released = _released.Task;
            }

            await released.WaitAsync(cancel);
        }
    }

    public void Release(int bytes)
    {
        lock (_sync)
        {
            _used -= bytes;
            _released.SetResult();
            _released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
