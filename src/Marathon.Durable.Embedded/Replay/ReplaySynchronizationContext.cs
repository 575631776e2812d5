namespace Marathon.Durable.Embedded.Replay;

/// <summary>
/// Keeps an orchestrator on the thread of its episode. What is posted from elsewhere comes from a task that is not
/// durable; it is dropped, since running it would make the replay depend on timing.
/// </summary>
internal sealed class ReplaySynchronizationContext(Action foreignPost) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile bool _closed;

    public bool IsCurrent => !_closed && Environment.CurrentManagedThreadId == _thread;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrent)
            _posted.Enqueue((d, state));
        else
            foreignPost();
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!IsCurrent)
            throw new InvalidOperationException("An orchestrator may not be entered from another thread.");
        d(state);
    }

    public void Drain()
    {
        while (_posted.TryDequeue(out (SendOrPostCallback Callback, object? State) next))
            next.Callback(next.State);
    }

    public void Close() => _closed = true;
}
