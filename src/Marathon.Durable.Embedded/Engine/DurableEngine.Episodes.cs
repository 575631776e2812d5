using Marathon.Durable.Embedded.Replay;
using Marathon.Durable.Embedded.Storage;
using Marathon.Durable.History;
using Microsoft.Data.Sqlite;

namespace Marathon.Durable.Embedded.Engine;

internal sealed partial class DurableEngine
{
    /// <summary>Histories longer than this are reported: every episode replays them.</summary>
    private const int LongHistory = 1000;

    /// <summary>Events that are kept in memory between episodes; what goes beyond is read again when it is needed.</summary>
    private const int MaxCachedEvents = 250_000;

    private async Task RunEpisodesAsync()
    {
        try
        {
            await foreach (InstanceSlot slot in _ready.Reader.ReadAllAsync(_stopping.Token))
            {
                // The episode itself runs here, up to its commit; that is awaited elsewhere while the next one runs.
                _ = PlayAsync(slot);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // What is still in the channel is in the store too.
        }
    }

#pragma warning disable CA1031 // Nobody awaits an episode: what escapes it is reported here.
    private async Task PlayAsync(InstanceSlot slot)
    {
        try
        {
            slot.History ??= await PersistAsync(() => ReadAsync(session => session.History(slot.Head.Key)));
            (List<InboxItem> items, bool needsStart) = slot.Take();
            List<HistoryEvent> inbound = needsStart ? await StartAsync(slot) : [];
            inbound.AddRange(items.Select(item => item.Event));
            if (!slot.IsClosed && !_stopping.IsCancellationRequested)
                await PlayAsync(slot, items, inbound);
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // Not committed: it happens after the next start.
        }
        catch (Exception e)
        {
            Logs.InstanceStuck(_logger, e, slot.Head.Name, slot.Head.InstanceId);
        }
        finally
        {
            Gauge.Exit();
        }
    }
#pragma warning restore CA1031

    private async Task PlayAsync(InstanceSlot slot, List<InboxItem> items, List<HistoryEvent> inbound)
    {
        InstanceHead head = slot.Head;
        DateTime now = EpisodeTime(head);
        EpisodeOutcome outcome = new Episode(_episodes, head).Run(slot.History!, inbound, now);
        Telemetry.Played(outcome);
        EpisodeCommit commit = new(head, outcome, items, slot.History!.Count, now);
        try
        {
            await PersistAsync(() => WriteAsync(commit.Apply, written =>
            {
                if (written)
                    Advance(slot, outcome, head with { ExecutionId = commit.ExecutionId, Status = outcome.Status, UpdatedAt = now });
            }));
        }
        catch (SqliteException e)
        {
            await FailAsync(slot, e, now);
        }
    }

    /// <summary>Ends an instance whose episode the database refuses, so that whoever waits for it hears why.</summary>
    private async Task FailAsync(InstanceSlot slot, SqliteException refusal, DateTime now)
    {
        InstanceHead head = slot.Head;
        TaskFailureDetails failure = TaskFailureDetails.FromException(refusal);
        EpisodeOutcome outcome = new(
            [new ExecutionCompletedEvent(-1, now, OrchestrationRuntimeStatus.Failed, null, failure)], OrchestrationRuntimeStatus.Failed) { Failure = failure };
        await PersistAsync(() => WriteAsync(
            (session, effects) => new EpisodeCommit(head, outcome, [], session.HistoryEnd(head.Key), now).Apply(session, effects)));
        Logs.InstanceRefused(_logger, refusal, head.Name, head.InstanceId);
    }

    private async Task<List<HistoryEvent>> StartAsync(InstanceSlot slot)
    {
        InstanceHead head = slot.Head;
        NextGeneration start = slot.Start ?? await PersistAsync(() => ReadAsync(session => session.StartData(head.Key)));
        return
        [
            new ExecutionStartedEvent(-1, Now, head.Name, head.InstanceId, head.ExecutionId, start.Input, head.Parent, head.ScheduledStart),
            .. start.Carryover,
        ];
    }

    private void Advance(InstanceSlot slot, EpisodeOutcome outcome, InstanceHead head)
    {
        if (outcome.Status is OrchestrationRuntimeStatus.Failed)
            Logs.OrchestrationFailed(_logger, head.Name, head.InstanceId, outcome.Failure);
        if (outcome.IsTerminal)
            return;
        List<HistoryEvent> history = slot.History!;
        int before = history.Count;
        if (outcome.Next is null)
            history.AddRange(outcome.NewHistory);
        else
            slot.History = history = [];
        if (before <= LongHistory && history.Count > LongHistory)
            Logs.LongHistory(_logger, head.Name, head.InstanceId, history.Count);
        Cache(slot, history);
        if (slot.Advance(head, outcome.Next))
            Schedule(slot);
    }

    // On the store's thread, as every change of the count.
    private void Cache(InstanceSlot slot, List<HistoryEvent> history)
    {
        _cachedEvents += history.Count - slot.Cached;
        slot.Cached = history.Count;
        if (_cachedEvents <= MaxCachedEvents || history.Count == 0)
            return;
        _cachedEvents -= slot.Cached;
        slot.Cached = 0;
        slot.History = null;
    }

    /// <summary>Later than every episode before, so that ids made from it differ, and never behind a clock set back.</summary>
    private DateTime EpisodeTime(InstanceHead head)
    {
        DateTime now = Now;
        return now > head.UpdatedAt ? now : head.UpdatedAt.AddTicks(1);
    }

    /// <summary>
    /// The engine's own operations are not given up: a full disk may have room again. What the database refuses for what it
    /// holds is.
    /// </summary>
    /// <exception cref="SqliteException">The database refuses it for good.</exception>
    private async Task<T> PersistAsync<T>(Func<Task<T>> operation)
    {
        while (true)
        {
            try
            {
                return await operation();
            }
            catch (SqliteException e) when (!StoreRefusal.IsFinal(e))
            {
                Logs.StoreFailed(_logger, e, s_storeRetryDelay);
                await Task.Delay(s_storeRetryDelay, _stopping.Token);
            }
        }
    }
}
