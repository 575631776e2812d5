using System.Collections.Concurrent;

namespace Marathon.Durable.Embedded.Tests.Golden;

/// <summary>A latch that holds an activity until the test opens it.</summary>
public sealed class Gate(IGoldenHost host)
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<IDisposable> _parked = new();

    public bool IsReached => !_parked.IsEmpty || _open.Task.IsCompleted;

    public Task WaitAsync()
    {
        if (!_open.Task.IsCompleted)
            _parked.Enqueue(host.Park());
        return _open.Task;
    }

    public void Open()
    {
        // From here on the activity counts as working, before it has noticed.
        while (_parked.TryDequeue(out IDisposable? parked))
            parked.Dispose();
        _open.TrySetResult();
    }
}
