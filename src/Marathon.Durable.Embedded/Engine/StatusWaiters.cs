namespace Marathon.Durable.Embedded.Engine;

/// <summary>Lets clients wait until the status of an instance has changed.</summary>
internal sealed class StatusWaiters
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TaskCompletionSource> _waiters = [];

    /// <summary>Completes at the next change. Ask before reading the status, so that no change is missed.</summary>
    public Task NextChange(string instanceId)
    {
        lock (_lock)
        {
            if (!_waiters.TryGetValue(instanceId, out TaskCompletionSource? waiter))
                _waiters[instanceId] = waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiter.Task;
        }
    }

    public void Changed(string instanceId)
    {
        lock (_lock)
        {
            if (_waiters.Remove(instanceId, out TaskCompletionSource? waiter))
                waiter.TrySetResult();
        }
    }

    public void Stop(Exception reason)
    {
        lock (_lock)
        {
            foreach (TaskCompletionSource waiter in _waiters.Values)
            {
                waiter.TrySetException(reason);
                _ = waiter.Task.Exception;
            }

            _waiters.Clear();
        }
    }
}
