namespace Marathon.Durable.Embedded.Engine;

/// <summary>Counts work under way: queued operations, instances with something to do, activities. Zero means idle.</summary>
internal sealed class WorkGauge
{
    private readonly Lock _lock = new();
    private int _count;
    private TaskCompletionSource? _idle;

    public int Count => Volatile.Read(ref _count);

    public bool IsIdle => Count == 0;

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
