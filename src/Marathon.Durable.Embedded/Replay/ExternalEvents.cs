namespace Marathon.Durable.Embedded.Replay;

/// <summary>
/// Matches external events with waiters, by name. Waiters form a stack: the newest is served first, and one that was
/// cancelled or timed out stays in it and swallows its event. Events that nobody waits for are buffered in order.
/// </summary>
internal sealed class ExternalEvents(DataConverter converter)
{
    private readonly Dictionary<string, Stack<IWaiter>> _waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Queue<string?>> _buffered = new(StringComparer.OrdinalIgnoreCase);

    private interface IWaiter
    {
        Type EventType { get; }

        void Receive(string name, string? payload, DataConverter converter);
    }

    public Task<T> WaitFor<T>(string name, CancellationToken cancellation)
    {
        Waiter<T> waiter = new();
        if (!_waiters.TryGetValue(name, out Stack<IWaiter>? stack))
            _waiters[name] = stack = new();
        if (stack.TryPeek(out IWaiter? open) && open.EventType != typeof(T))
        {
            throw new ArgumentException(
                $"Events with the same name must have the same type argument. Expected {open.EventType.FullName} but was requested {typeof(T).FullName}.");
        }

        stack.Push(waiter);
        if (_buffered.TryGetValue(name, out Queue<string?>? queue) && queue.TryDequeue(out string? payload))
            Raise(name, payload);
        cancellation.Register(() => waiter.TrySetCanceled(cancellation));
        return waiter.Task;
    }

    /// <exception cref="Exception">The payload does not fit the waiter; that fails the instance.</exception>
    public void Raise(string name, string? payload)
    {
        if (_waiters.TryGetValue(name, out Stack<IWaiter>? stack) && stack.TryPop(out IWaiter? waiter))
        {
            waiter.Receive(name, payload, converter);
            return;
        }

        if (!_buffered.TryGetValue(name, out Queue<string?>? queue))
            _buffered[name] = queue = new();
        queue.Enqueue(payload);
    }

    /// <summary>Empties the buffer: name by name, each in order.</summary>
    public IEnumerable<(string Name, string? Payload)> TakeBuffered()
    {
        foreach ((string name, Queue<string?> queue) in _buffered)
        {
            while (queue.TryDequeue(out string? payload))
                yield return (name, payload);
        }
    }

    private sealed class Waiter<T> : TaskCompletionSource<T>, IWaiter
    {
        public Type EventType => typeof(T);

        public void Receive(string name, string? payload, DataConverter converter)
        {
            if (payload is null && default(T) is not null)
                throw new InvalidCastException($"Event '{name}' has no payload where a {typeof(T).FullName} is awaited.");
            TrySetResult(converter.Deserialize<T>(payload)!);
        }
    }
}
