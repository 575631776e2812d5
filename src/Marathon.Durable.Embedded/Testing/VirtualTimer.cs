namespace Marathon.Durable.Embedded;

internal sealed class VirtualTimer(VirtualTimeProvider time, TimerCallback callback, object? state, long number) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private volatile bool _isDisposed;

    public static IComparer<VirtualTimer> ByDueTime { get; } = Comparer<VirtualTimer>.Create(
        (x, y) => x.Due != y.Due ? x.Due.CompareTo(y.Due) : x.Number.CompareTo(y.Number));

    public DateTimeOffset Due { get; set; }

    private long Number { get; } = number;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_isDisposed)
            return false;
        _period = period;
        time.Set(this, dueTime);
        return true;
    }

    public void Fire()
    {
        if (_isDisposed)
            return;
        if (_period > TimeSpan.Zero)
            time.Set(this, _period);
        callback(state);
    }

    public void Dispose()
    {
        _isDisposed = true;
        time.Set(this, Timeout.InfiniteTimeSpan);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
