using System.Threading.Channels;
using Marathon.Worker.Controller;
using Marathon.Workers;

namespace Marathon.Worker.Reporting;

/// <summary>
/// Tells the controller of transitions, in order, each until it is taken. A worker tells of at most ten in its life, for
/// each becomes a row in an orchestration's history.
/// </summary>
public sealed class EventQueue(WorkerArguments arguments, ControllerClient controller, TimeProvider clock, ILogger<EventQueue> logger)
{
    /// <summary>The most violations that it tells of; heartbeats and evidence hold all of them.</summary>
    public const int MaximumViolations = 6;

    private const int MaximumDetail = 4096;
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(2);
    private readonly Channel<(WorkerEventKind Kind, WorkerEvent Event)> _queue = Channel.CreateUnbounded<(WorkerEventKind, WorkerEvent)>();
    private int _count, _violations;

    /// <summary>Adds an event; it is told as soon as the controller can be reached.</summary>
    public void Add(WorkerEventKind kind, string? detail = null)
    {
        if (kind == WorkerEventKind.AssertionViolated && Interlocked.Increment(ref _violations) > MaximumViolations)
            return;

        var id = $"{arguments.Worker}-{arguments.Epoch}-{Interlocked.Increment(ref _count)}-{kind}";
        var shortened = detail?.Length > MaximumDetail ? detail[..MaximumDetail] : detail;
        _queue.Writer.TryWrite((kind, new WorkerEvent(id, arguments.Worker, arguments.Epoch, shortened)));
    }

    /// <summary>No event follows; <see cref="RunAsync"/> ends when all are told.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Tells until the queue is complete and empty, or the worker's time is over.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var (kind, told) in _queue.Reader.ReadAllAsync(cancellationToken))
            await TellAsync(kind, told, cancellationToken);
    }

    private async Task TellAsync(WorkerEventKind kind, WorkerEvent told, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromMilliseconds(100);
        for (var first = true; ; first = false)
        {
            var reply = await controller.TellAsync(kind, told, cancellationToken);
            if (reply.Kind == ReplyKind.Unanswered)
            {
                if (first)
                    logger.EventDelayed(kind, reply.Detail);
                await Task.Delay(pause, clock, cancellationToken);
                pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
                continue;
            }

            if (reply.Kind == ReplyKind.Accepted)
                logger.EventTold(kind, told.EventId);
            else
                logger.EventRefused(kind, reply.Detail);
            return;
        }
    }
}
