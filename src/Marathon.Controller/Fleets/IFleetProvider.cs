namespace Marathon.Controller.Fleets;

/// <summary>Starts and ends the machines or processes that workers run on. Every call is idempotent by run, worker and epoch.</summary>
public interface IFleetProvider
{
    /// <summary>Starts one life of a worker, or adopts it when it runs already. Does not wait until it has registered.</summary>
    Task<WorkerInstance> StartAsync(WorkerStart start, CancellationToken cancellationToken);

    /// <summary>What there is for the run, alive or not.</summary>
    Task<IReadOnlyList<WorkerInstance>> ListAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Ends one life at once; nothing to do is fine.</summary>
    Task KillAsync(string runId, string worker, int epoch, CancellationToken cancellationToken);

    /// <summary>Ends all that is left of the run's workers.</summary>
    Task ReleaseAsync(string runId, CancellationToken cancellationToken);
}
