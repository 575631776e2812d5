using Marathon.Controller.Fleets;
using Marathon.Durable;

namespace Marathon.Controller.Activities;

/// <summary>Ends what is left of the run's workers.</summary>
public sealed class ReleaseFleet(IFleetProvider fleet) : Activity<RunRequest, FleetOperation>
{
    /// <inheritdoc/>
    public override Task<FleetOperation> RunAsync(ActivityContext context, RunRequest input) => fleet.ReleaseAsync(input.RunId, CancellationToken.None);
}
