using Marathon.Worker.Evidence;
using Marathon.Worker.Lifetime;

namespace Marathon.Worker.ScheduledEvents;

/// <summary>Hands over when this machine is about to be taken away, and lets the platform go on once everything is stored.</summary>
public sealed class MachineWatch(ScheduledEventsWatcher watcher, CheckpointStore checkpoints, ILogger<MachineWatch> logger)
{
    private MachineNotice? _notice;

    /// <summary>Watches until there is notice of the machine's end.</summary>
    public async Task RunAsync(WorkerSession session, CancellationToken cancellationToken)
    {
        await foreach (var notice in watcher.WatchAsync(cancellationToken))
        {
            if (!notice.IsTheEnd)
                continue;
            _notice = notice;
            session.Drain($"the machine is about to {notice.Kind}");
            return;
        }
    }

    /// <summary>
    /// To be called after the hand-over: the platform need not wait any longer. Where the controller has not taken the last
    /// checkpoint nothing is acknowledged, for every second that is left may bring it back.
    /// </summary>
    public async Task AcknowledgeAsync(CancellationToken cancellationToken)
    {
        if (_notice is not { } notice || !checkpoints.AllStored)
            return;
        try
        {
            await watcher.AcknowledgeAsync(notice, cancellationToken);
            logger.ScheduledEventAcknowledged(notice.EventId);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            logger.ScheduledEventsFailed(failure.Message);
        }
    }
}
