using Marathon.Durable.Embedded.Storage;

namespace Marathon.Durable.Embedded.Engine;

/// <summary>Durable timers in memory; those that fall due are reported in the order of their due times.</summary>
internal sealed class TimerQueue : IDisposable
{
    // The wall clock may be set, or the machine may sleep: look at it at least this often.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly SortedSet<TimerDue> _queue = new(ByDueTime.Instance);
    private readonly Dictionary<long, Dictionary<int, TimerDue>> _byInstance = [];
    private readonly TimeProvider _time;
    private readonly Action<TimerDue> _due;
    private readonly ITimer _timer;
    private bool _isFiring;
    private bool _isStopped = true;

    public TimerQueue(TimeProvider time, Action<TimerDue> due)
    {
        _time = time;
        _due = due;
        _timer = time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Start()
    {
        lock (_lock)
            _isStopped = false;
        Fire();
    }

    public void Stop()
    {
        lock (_lock)
            _isStopped = true;
    }

    public void Set(TimerDue timer)
    {
        lock (_lock)
        {
            if (!_byInstance.TryGetValue(timer.InstanceKey, out Dictionary<int, TimerDue>? own))
                _byInstance[timer.InstanceKey] = own = [];
            own[timer.TimerId] = timer;
            _queue.Add(timer);
            if (_queue.Min == timer)
                Arm();
        }
    }

    public void Remove(long instanceKey, int timerId)
    {
        lock (_lock)
        {
            if (_byInstance.TryGetValue(instanceKey, out Dictionary<int, TimerDue>? own) && own.Remove(timerId, out TimerDue timer))
            {
                _queue.Remove(timer);
                if (own.Count == 0)
                    _byInstance.Remove(instanceKey);
                Arm();
            }
        }
    }

    public void RemoveAll(long instanceKey)
    {
        lock (_lock)
        {
            if (!_byInstance.Remove(instanceKey, out Dictionary<int, TimerDue>? own))
                return;
            foreach (TimerDue timer in own.Values)
                _queue.Remove(timer);
            Arm();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Fire()
    {
        lock (_lock)
        {
            if (_isFiring)
                return;
            _isFiring = true;
        }

        while (TryTakeDue(out TimerDue timer))
            _due(timer);
    }

    private bool TryTakeDue(out TimerDue timer)
    {
        lock (_lock)
        {
            timer = _queue.Min;
            if (_isStopped || _queue.Count == 0 || timer.FireAt > _time.GetUtcNow().UtcDateTime)
            {
                _isFiring = false;
                Arm();
                return false;
            }

            _queue.Remove(timer);
            Dictionary<int, TimerDue> own = _byInstance[timer.InstanceKey];
            own.Remove(timer.TimerId);
            if (own.Count == 0)
                _byInstance.Remove(timer.InstanceKey);
            return true;
        }
    }

    private void Arm()
    {
        TimeSpan wait = Timeout.InfiniteTimeSpan;
        if (_queue.Count > 0 && !_isStopped)
        {
            TimeSpan due = _queue.Min.FireAt - _time.GetUtcNow().UtcDateTime;
            wait = due < TimeSpan.Zero ? TimeSpan.Zero : due < s_longestWait ? due : s_longestWait;

            // Timers count in milliseconds: rounding down would make this one spin until it is due.
            wait = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
        }

        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private sealed class ByDueTime : IComparer<TimerDue>
    {
        public static readonly ByDueTime Instance = new();

        public int Compare(TimerDue x, TimerDue y) =>
            x.FireAt != y.FireAt ? x.FireAt.CompareTo(y.FireAt)
            : x.InstanceKey != y.InstanceKey ? x.InstanceKey.CompareTo(y.InstanceKey)
            : x.TimerId.CompareTo(y.TimerId);
    }
}
