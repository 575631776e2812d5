namespace Marathon.Durable.Embedded.Tests.Golden;

/// <summary>A latch that holds an activity until the test opens it.</summary>
public sealed class Gate(IGoldenHost host)
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsReached => _reached.Task.IsCompleted;

    public async Task WaitAsync()
    {
        IDisposable parked = host.Park();
        _reached.TrySetResult();
        await _open.Task;
        parked.Dispose();
    }

    public void Open() => _open.TrySetResult();
}
