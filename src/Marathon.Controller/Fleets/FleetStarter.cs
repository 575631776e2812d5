using Marathon.Controller.Runs;

namespace Marathon.Controller.Fleets;

/// <summary>Has the provider start lives of a run's workers, with all that they need to find the controller.</summary>
public sealed class FleetStarter(IRunStore runs, IFleetProvider fleet, ControllerEndpoint endpoint, ControllerOptions options)
{
    /// <summary>Starts them, or adopts those that run already.</summary>
    /// <param name="run">The run.</param>
    /// <param name="lives">Its lives that are to be started.</param>
    /// <param name="fleetSize">How many workers the whole fleet is to have, these included.</param>
    public async Task<FleetOperation> StartAsync(RunRecord run, IEnumerable<LifeRecord> lives, int fleetSize) => await fleet.StartAsync(
        new FleetStart(
            run.RunId,
            [.. lives.Select(l => new WorkerLife(l.Worker, l.Epoch))],
            fleetSize,
            endpoint.Address,
            await runs.GetTokenAsync(run.RunId, CancellationToken.None),
            options.Lease,
            Math.Max(1, run.Attempt)),
        CancellationToken.None);
}
