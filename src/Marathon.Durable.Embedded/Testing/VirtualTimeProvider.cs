using System.Diagnostics.CodeAnalysis;
using Marathon.Durable.Embedded.Engine;

namespace Marathon.Durable.Embedded;

/// <summary>
/// A clock for tests. It stands still until it is told to advance; then it steps from timer to timer and lets the
/// engines that use it come to rest at each, so that a week of an orchestration takes no longer than its work.
/// <see cref="RunUntilAsync{T}"/> is the usual way to use it.
/// </summary>
public sealed class VirtualTimeProvider(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly SortedSet<VirtualTimer> _timers = new(VirtualTimer.ByDueTime);
    private readonly List<WorkGauge> _gauges = [];
    private readonly DateTimeOffset _start = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private DateTimeOffset _now = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long _created;
    private int _parked;

    /// <summary>How long, in real time, nothing may happen before <see cref="RunUntilAsync{T}"/> gives up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => (GetUtcNow() - _start).Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        VirtualTimer timer = new(this, callback, state, Interlocked.Increment(ref _created));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Advances from timer to timer, as fast as the engines have done their work, until <paramref name="task"/> has
    /// ended. Time stands still while an activity runs that is not parked.
    /// </summary>
    /// <exception cref="TimeoutException">No timer is left and nothing has happened for <see cref="Patience"/>.</exception>
    public async Task<T> RunUntilAsync<T>(Task<T> task)
    {
        await RunUntilAsync((Task)task);
        return await task;
    }

    /// <inheritdoc cref="RunUntilAsync{T}"/>
    public async Task RunUntilAsync(Task task)
    {
        long lastStep = System.GetTimestamp();
        while (!task.IsCompleted)
        {
            await Task.WhenAny(task, IdleAsync()).WaitAsync(Patience, System);
            if (task.IsCompleted || !IsIdle || await EndedMeanwhileAsync(task))
                continue;
            if (FireNext(DateTimeOffset.MaxValue))
                lastStep = System.GetTimestamp();
            else if (System.GetElapsedTime(lastStep) > Patience)
                throw new TimeoutException($"At {GetUtcNow():O} no timer is left, and nothing has happened for {Patience}.");
            else
                await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(1), System));
        }

        await task;
    }

    /// <summary>Lets everything happen that falls due within <paramref name="by"/>, and comes to rest at its end.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        DateTimeOffset until = GetUtcNow() + by;
        do
        {
            await IdleAsync().WaitAsync(Patience, System);
        }
        while (FireNext(until));

        lock (_lock)
            _now = until > _now ? until : _now;
        await IdleAsync().WaitAsync(Patience, System);
    }

    /// <summary>Completes when the engines have nothing to do but wait for a timer, an event or a parked activity.</summary>
    public async Task IdleAsync()
    {
        while (!IsIdle)
            await Task.WhenAny(Task.WhenAll(Gauges().Select(gauge => gauge.WhenIdleAsync())), Task.Delay(TimeSpan.FromMilliseconds(1), System));
    }

    /// <summary>
    /// Called by an activity that now waits for the test, or for this clock: until the result is disposed the activity
    /// does not keep time from advancing.
    /// </summary>
    public IDisposable Park()
    {
        Interlocked.Increment(ref _parked);
        return new Parking(this);
    }

    internal void Attach(WorkGauge gauge)
    {
        lock (_lock)
            _gauges.Add(gauge);
    }

    internal void Detach(WorkGauge gauge)
    {
        lock (_lock)
            _gauges.Remove(gauge);
    }

    internal void Set(VirtualTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
                return;
            timer.Due = _now + dueTime;
            _timers.Add(timer);
        }

        // As a real timer would: due now fires now, on another thread.
        if (dueTime <= TimeSpan.Zero)
            ThreadPool.QueueUserWorkItem(_ => FireNext(GetUtcNow()));
    }

    private bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _gauges.Sum(gauge => gauge.Count) <= Volatile.Read(ref _parked)
                    && (_timers.Count == 0 || _timers.Min!.Due > _now);
            }
        }
    }

    // What has just completed may be on its way to the task: let continuations run before time moves.
    private static async Task<bool> EndedMeanwhileAsync(Task task)
    {
        for (int i = 0; i < 3 && !task.IsCompleted; i++)
            await Task.Yield();
        return task.IsCompleted;
    }

    private WorkGauge[] Gauges()
    {
        lock (_lock)
            return [.. _gauges];
    }

    /// <summary>Fires the next timers, all that are due at the same time. False when none is due until then.</summary>
    private bool FireNext(DateTimeOffset until)
    {
        bool fired = false;
        while (TryTake(until, out VirtualTimer? next))
        {
            next.Fire();
            fired = true;
            until = GetUtcNow();
        }

        return fired;
    }

    private bool TryTake(DateTimeOffset until, [NotNullWhen(true)] out VirtualTimer? next)
    {
        lock (_lock)
        {
            next = _timers.Min;
            if (next is null || next.Due > until)
                return false;
            _timers.Remove(next);
            _now = next.Due > _now ? next.Due : _now;
            return true;
        }
    }

    private sealed class Parking(VirtualTimeProvider time) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
                Interlocked.Decrement(ref time._parked);
        }
    }
}
