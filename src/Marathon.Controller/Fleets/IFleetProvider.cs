namespace Marathon.Controller.Fleets;

/// <summary>
/// Starts and ends the machines or processes that workers run on. Every call is idempotent by run, worker and epoch, and
/// short: what takes the platform minutes is begun, and answered with an operation to poll.
/// </summary>
public interface IFleetProvider
{
    /// <summary>
    /// Starts lives of workers, or adopts those that run already; does not wait until they have registered. A platform that
    /// names its machines itself brings up as many as the fleet is to have, and each takes one of the lives when it boots.
    /// With a smaller size than before, and no lives to start, it lets machines go that hold none; it ends no life.
    /// </summary>
    Task<FleetOperation> StartAsync(FleetStart start, CancellationToken cancellationToken);

    /// <summary>How an operation fares; takes its next step where there is one. Needed only for those that answered Running.</summary>
    Task<FleetOperation> PollAsync(FleetOperation operation, CancellationToken cancellationToken);

    /// <summary>What there is for the run, alive or not.</summary>
    Task<IReadOnlyList<WorkerInstance>> ListAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Ends these lives at once, whether they have registered or not; nothing to do is fine.</summary>
    Task KillAsync(string runId, IReadOnlyList<WorkerLife> lives, CancellationToken cancellationToken);

    /// <summary>What the run's machines have cost so far, as long as they are not released; null where that is not known, or nothing.</summary>
    Task<FleetCost?> CostAsync(string runId, CancellationToken cancellationToken) => Task.FromResult<FleetCost?>(null);

    /// <summary>Ends all that is left of the run's workers.</summary>
    Task<FleetOperation> ReleaseAsync(string runId, CancellationToken cancellationToken);
}
