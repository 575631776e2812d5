using System.Collections.Concurrent;
using System.Threading.Channels;
using Marathon.Durable.Embedded.Replay;
using Marathon.Durable.Embedded.Storage;
using Microsoft.Extensions.Logging;

namespace Marathon.Durable.Embedded.Engine;

/// <summary>
/// Holds the instances that have not ended, runs their episodes and activities, and commits what they do. Memory
/// follows the store: it changes after a commit, on the store's thread, in the order of the commits.
/// </summary>
internal sealed partial class DurableEngine : IAsyncDisposable
{
    private static readonly TimeSpan s_storeRetryDelay = TimeSpan.FromSeconds(1);
    private readonly EmbeddedDurableOptions _options;
    private readonly EpisodeSettings _episodes;
    private readonly ILogger _logger;
    private readonly Store _store;
    private readonly TimerQueue _timers;
    private readonly ConcurrentDictionary<long, InstanceSlot> _slots = new();
    private readonly Channel<InstanceSlot> _ready = Channel.CreateUnbounded<InstanceSlot>();
    private readonly Channel<ActivityWork> _activities = Channel.CreateUnbounded<ActivityWork>();
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _loops = [];
    private int _runningActivities;
    private int _cachedEvents;

    public DurableEngine(EmbeddedDurableOptions options)
    {
        _options = options;
        _logger = options.LoggerFactory.CreateLogger("Marathon.Durable.Embedded");
        _episodes = new(
            options.Registry, options.Services ?? EmptyServices.Instance, options.DataConverter, options.LoggerFactory,
            options.MaximumTimerInterval, _logger);
        _store = Store.Open(options.DatabasePath);
        _store.OnCommit = (operations, rows, took) =>
        {
            Telemetry.Committed(operations, rows, took);
            options.AfterCommit?.Invoke();
        };
        _timers = new(options.TimeProvider, OnDue);
        Gauge = new(() => Volatile.Read(ref _runningActivities) < options.MaxConcurrentActivities ? 0 : _activities.Reader.Count);
    }

    public WorkGauge Gauge { get; }

    public StatusWaiters Waiters { get; } = new();

    public DateTime Now => _options.TimeProvider.GetUtcNow().UtcDateTime;

    public DataConverter Converter => _options.DataConverter;

    public async Task StartAsync()
    {
        (int instances, int activities) = await LoadAsync();
        Logs.Started(_logger, _options.DatabasePath ?? "memory", instances, activities);
        for (int i = 0; i < _options.MaxConcurrentOrchestrations; i++)
            _loops.Add(Task.Run(RunEpisodesAsync));
        for (int i = 0; i < _options.MaxConcurrentActivities; i++)
            _loops.Add(Task.Run(RunActivitiesAsync));
        if (_options.Retention is { } retention)
            Retain(retention);
        _timers.Start();
    }

    /// <summary>Reads; sees what is committed.</summary>
    public Task<T> ReadAsync<T>(Func<StoreSession, T> work) => SubmitAsync<T>((session, _) => work(session), isReader: true, null);

    /// <summary>Writes; completes when the change is on the disk and memory has followed.</summary>
    public Task<T> WriteAsync<T>(Func<StoreSession, Effects, T> work, Action<T>? committed = null) =>
        SubmitAsync(work, isReader: false, committed);

    /// <summary>
    /// Ends the loops, gives running activities the grace to end, closes the store. What was not committed is as if it
    /// had not happened, and happens after the next start.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _timers.Stop();
        _retention?.Dispose();
        _ready.Writer.TryComplete();
        _activities.Writer.TryComplete();
        try
        {
            await Task.WhenAll(_loops).WaitAsync(_options.ShutdownGrace);
        }
        catch (TimeoutException)
        {
            Logs.ActivitiesAbandoned(_logger, Volatile.Read(ref _runningActivities));
        }

        await Task.Run(_store.Dispose);
        _timers.Dispose();
        Waiters.Stop(new ObjectDisposedException(nameof(DurableEngine), "The durable engine has stopped."));
        _stopping.Dispose();
        Logs.Stopped(_logger);
    }

    private async Task<T> SubmitAsync<T>(Func<StoreSession, Effects, T> work, bool isReader, Action<T>? committed)
    {
        StoreOperation<T> operation = new(work, isReader, Follow, committed);
        Gauge.Enter();
        try
        {
            _store.Enqueue(operation);
            return await operation.Result;
        }
        finally
        {
            Gauge.Exit();
        }
    }

    private void Follow(Effects effects)
    {
        foreach (long key in effects.Ended)
            Forget(key);
        foreach ((InstanceHead head, string? input) in effects.Started)
            Begin(new InstanceSlot(head, needsStart: true, new NextGeneration(input, [])));
        foreach (InstanceHead head in effects.Resumed)
            Begin(new InstanceSlot(head, needsStart: false));
        foreach (TimerDue timer in effects.TimersSet)
            _timers.Set(timer);
        foreach ((long key, int timerId) in effects.TimersRemoved)
            _timers.Remove(key, timerId);
        foreach ((long key, InboxItem item) in effects.Delivered)
            Deliver(key, item);
        foreach (ActivityWork work in effects.Scheduled)
            Enqueue(work);
        foreach (string instanceId in effects.Changed)
            Waiters.Changed(instanceId);
    }

    private void Begin(InstanceSlot slot)
    {
        InstanceHead head = slot.Head;
        _slots[head.Key] = slot;
        if (head.ScheduledStart is { } start && head.Status is OrchestrationRuntimeStatus.Pending)
            _timers.Set(new TimerDue(head.Key, head.ExecutionId, TimerDue.Start, start));
        if (slot.TryBegin())
            Schedule(slot);
    }

    private void Forget(long key)
    {
        _timers.RemoveAll(key);
        if (_slots.TryRemove(key, out InstanceSlot? slot))
        {
            slot.Close();
            _cachedEvents -= slot.Cached;
        }
    }

    private void Deliver(long key, InboxItem item)
    {
        if (_slots.TryGetValue(key, out InstanceSlot? slot) && slot.Deliver(item))
            Schedule(slot);
    }

    private void OnDue(TimerDue timer)
    {
        if (!_slots.TryGetValue(timer.InstanceKey, out InstanceSlot? slot))
            return;
        bool schedule = timer.TimerId == TimerDue.Start
            ? slot.StartIsDue()
            : slot.Deliver(new InboxItem(0, new History.TimerFiredEvent(-1, timer.FireAt, timer.TimerId, timer.FireAt)), timer.ExecutionId);
        if (schedule)
            Schedule(slot);
    }

    private void Schedule(InstanceSlot slot)
    {
        Gauge.Enter();
        if (!_ready.Writer.TryWrite(slot))
            Gauge.Exit();
    }

    private void Enqueue(ActivityWork work)
    {
        Gauge.Enter();
        if (!_activities.Writer.TryWrite(work))
            Gauge.Exit();
    }
}
