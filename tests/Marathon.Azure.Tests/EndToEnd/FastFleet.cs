using Marathon.Controller.Fleets;

namespace Marathon.Azure.Tests.EndToEnd;

/// <summary>A provider in Azure's time, for a controller in ours.</summary>
public sealed class FastFleet(IFleetProvider inner, FastClock clock) : IFleetProvider
{
    public async Task<FleetOperation> StartAsync(FleetStart start, CancellationToken cancellationToken) => InOurTime(await inner.StartAsync(start, cancellationToken));

    public async Task<FleetOperation> PollAsync(FleetOperation operation, CancellationToken cancellationToken) => InOurTime(await inner.PollAsync(operation, cancellationToken));

    public Task<IReadOnlyList<WorkerInstance>> ListAsync(string runId, CancellationToken cancellationToken) => inner.ListAsync(runId, cancellationToken);

    public Task KillAsync(string runId, IReadOnlyList<WorkerLife> lives, CancellationToken cancellationToken) => inner.KillAsync(runId, lives, cancellationToken);

    public Task<FleetCost?> CostAsync(string runId, CancellationToken cancellationToken) => inner.CostAsync(runId, cancellationToken);

    public async Task<FleetOperation> ReleaseAsync(string runId, CancellationToken cancellationToken) => InOurTime(await inner.ReleaseAsync(runId, cancellationToken));

    private FleetOperation InOurTime(FleetOperation operation) => operation with { PollAfter = clock.ToOurs(operation.PollAfter) };
}
