using Marathon.Worker.Lifetime;
using Marathon.Workers;

namespace Marathon.Worker.Reporting;

/// <summary>Watches the lease, which the answers to heartbeats renew and may make longer or shorter.</summary>
public sealed class LeaseWatch(WorkerSession session, Lease lease, TimeProvider clock)
{
    /// <summary>Ends the session when of the lease only the time to leave is left.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await PassAsync(() => lease.UntilLeaving, cancellationToken);
        session.End(
            WorkerEnd.LeaseOver,
            $"no controller has answered for {(lease.Length - lease.ToLeave).TotalSeconds:0.##} s; what is left of the lease of {lease.Length.TotalSeconds:0.##} s is for leaving");
    }

    /// <summary>Completes when the lease is over, whatever the worker has been doing: nobody is to be there any more.</summary>
    public Task OverAsync() => PassAsync(() => lease.Remaining, CancellationToken.None);

    private async Task PassAsync(Func<TimeSpan> left, CancellationToken cancellationToken)
    {
        while (left() is var rest && rest > TimeSpan.Zero)
            await Task.Delay(rest < WorkerProtocol.HeartbeatInterval ? rest : WorkerProtocol.HeartbeatInterval, clock, cancellationToken);
    }
}
