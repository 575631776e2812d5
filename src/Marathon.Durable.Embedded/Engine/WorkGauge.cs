namespace Marathon.Durable.Embedded.Engine;

/// <summary>Counts work under way: queued operations, instances with something to do, activities. Zero means idle.</summary>
/// <param name="waiting">How much of it waits for a place that other work holds.</param>
internal sealed class WorkGauge(Func<int> waiting)
{
    private readonly Lock _lock = new();
    private int _count;
    private TaskCompletionSource? _idle;

    /// <summary>What can make progress, or would if it were not parked.</summary>
    public int Count => Volatile.Read(ref _count) - waiting();

    private bool IsIdle => Volatile.Read(ref _count) == 0;

    public void Enter() => Interlocked.Increment(ref _count);

    public void Exit()
    {
        if (Interlocked.Decrement(ref _count) > 0)
            return;
        lock (_lock)
        {
            _idle?.TrySetResult();
            _idle = null;
        }
    }

    /// <summary>Completes when nothing is under way; by then there may be something again.</summary>
    public Task WhenIdleAsync()
    {
        lock (_lock)
        {
            if (IsIdle)
                return Task.CompletedTask;
            return (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
