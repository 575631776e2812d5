using Marathon.Worker.Controller;
using Marathon.Worker.Lifetime;
using Marathon.Workers;

namespace Marathon.Worker.Reporting;

/// <summary>
/// Tells the controller every second how the worker fares; the answers renew the lease. While nobody answers the worker goes
/// on, until the lease ends.
/// </summary>
public sealed class HeartbeatLoop(
    WorkerSession session,
    ControllerClient controller,
    Lease lease,
    EventQueue events,
    TimeProvider clock,
    ILogger<HeartbeatLoop> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly ClockComparison _comparison = new();
    private readonly ViolationWatch _violations = new(events);
    private string _trouble = "";
    private long _number;

    /// <summary>The newest heartbeat.</summary>
    public Heartbeat? Latest { get; private set; }

    /// <summary>Beats until the worker ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(WorkerProtocol.HeartbeatInterval, clock);
        do
            await BeatAsync(cancellationToken);
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>The last one, so that the controller's row shows how it ended.</summary>
    public async Task LastAsync(TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within, clock);
        try
        {
            await BeatAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // The controller is away; the evidence says the same.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var heartbeat = session.Describe() with { Number = ++_number, Clock = _comparison.Best };
            Latest = heartbeat;
            if (session.Spec is { } spec)
                _violations.Look(spec, heartbeat.Counters.Anomalies);
            var started = clock.GetTimestamp();
            var reply = await controller.BeatAsync(heartbeat, cancellationToken);
            Log(reply);
            if (reply.Kind == ReplyKind.Replaced)
                session.End(WorkerEnd.Replaced, $"the controller answered a heartbeat with {reply.Detail}");
            if (reply.Kind != ReplyKind.Accepted)
                return;

            lease.Renew(reply.Body is { } answer ? TimeSpan.FromSeconds(Math.Clamp(answer.LeaseSeconds, 0, 86_400)) : TimeSpan.Zero);
            if (reply.Body is { } told)
                _comparison.Add(heartbeat.At, clock.GetElapsedTime(started), told.At);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Only changes are worth a line: a week without a controller would fill the disk.</summary>
    private void Log(Reply<HeartbeatAnswer> reply)
    {
        if (reply.Kind == ReplyKind.Accepted)
        {
            if (_trouble.Length > 0)
                logger.ControllerBack();
            _trouble = "";
            return;
        }

        if (_trouble.Length == 0)
            logger.ControllerAway(reply.Detail, lease.Remaining.TotalSeconds);
        _trouble = reply.Detail.Length > 0 ? reply.Detail : reply.Kind.ToString();
    }
}
