using Marathon.Durable.Embedded.Replay;
using Marathon.Durable.Embedded.Storage;
using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Engine;

/// <summary>An instance that has not ended, as the engine holds it. One episode runs at a time.</summary>
/// <param name="start">What the execution starts with; null when it has started, or has yet to be loaded.</param>
internal sealed class InstanceSlot(InstanceHead head, bool needsStart, NextGeneration? start = null)
{
    /// <summary>An episode takes no more at once: its commit must not grow without bound.</summary>
    public const int MaxBatch = 1000;

    private readonly Lock _lock = new();
    private readonly Queue<InboxItem> _inbox = new();
    private bool _needsStart = needsStart;
    private bool _startIsDue = head.ScheduledStart is null || head.Status is not OrchestrationRuntimeStatus.Pending;
    private bool _isScheduled;
    private bool _isClosed;
    private int _overrides;

    /// <summary>Changed only between episodes.</summary>
    public InstanceHead Head { get; private set; } = head;

    /// <summary>Null until an episode has loaded it.</summary>
    public List<HistoryEvent>? History { get; set; } = start is null ? null : [];

    /// <summary>How many events of the history count as held in memory between episodes.</summary>
    public int Cached { get; set; }

    /// <summary>What the execution starts with; null when it has started, or has yet to be loaded.</summary>
    public NextGeneration? Start { get; private set; } = start;

    /// <summary>True when the caller has to schedule an episode.</summary>
    /// <param name="executionId">The execution that it is for; null when it is for whichever runs.</param>
    public bool Deliver(InboxItem item, string? executionId = null)
    {
        lock (_lock)
        {
            if (_isClosed || (executionId is not null && executionId != Head.ExecutionId))
                return false;
            _inbox.Enqueue(item);
            if (IsOverride(item))
                _overrides++;
            return TrySchedule();
        }
    }

    /// <summary>The time of a scheduled start has come. True when the caller has to schedule an episode.</summary>
    public bool StartIsDue()
    {
        lock (_lock)
        {
            _startIsDue = true;
            return !_isClosed && TrySchedule();
        }
    }

    /// <summary>True when there is something to do and no episode is scheduled yet.</summary>
    public bool TryBegin()
    {
        lock (_lock)
            return !_isClosed && TrySchedule();
    }

    public (List<InboxItem> Items, bool NeedsStart) Take()
    {
        lock (_lock)
        {
            // All of it when something in it overrides the rest, wherever that stands in the queue.
            int count = _overrides > 0 ? _inbox.Count : Math.Min(_inbox.Count, MaxBatch);
            List<InboxItem> items = new(count);
            while (items.Count < count)
                items.Add(_inbox.Dequeue());
            if (_overrides > 0)
                _overrides = 0;
            return (items, _needsStart);
        }
    }

    /// <summary>The episode is committed. True when the caller has to schedule the next one.</summary>
    public bool Advance(InstanceHead head, NextGeneration? next)
    {
        lock (_lock)
        {
            Head = head;
            Start = next;
            if (next is not null)
                DropTimers();
            _needsStart = next is not null;
            _isScheduled = false;
            return !_isClosed && TrySchedule();
        }
    }

    /// <summary>The instance has ended or is gone: nothing is delivered any more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _inbox.Clear();
        }
    }

    public bool IsClosed
    {
        get
        {
            lock (_lock)
                return _isClosed;
        }
    }

    // A suspended instance, and one whose start is not due, leave everything in the queue until something overrides that.
    private static bool IsOverride(InboxItem item) => item.Event is ExecutionTerminatedEvent or ExecutionResumedEvent;

    private bool TrySchedule()
    {
        if (_isScheduled)
            return false;
        _isScheduled = _overrides > 0 && (!_needsStart || _startIsDue || HasTermination())
            || (Head.Status is not OrchestrationRuntimeStatus.Suspended && (_needsStart ? _startIsDue : _inbox.Count > 0));
        return _isScheduled;
    }

    /// <summary>A timer that fired as it was cancelled must not fire one of the next generation, where its id is used again.</summary>
    private void DropTimers()
    {
        for (int left = _inbox.Count; left > 0; left--)
        {
            InboxItem item = _inbox.Dequeue();
            if (item.Event is not TimerFiredEvent)
                _inbox.Enqueue(item);
        }
    }

    private bool HasTermination() => _inbox.Any(item => item.Event is ExecutionTerminatedEvent);
}
