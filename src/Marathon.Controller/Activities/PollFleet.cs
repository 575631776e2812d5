using Marathon.Controller.Fleets;
using Marathon.Durable;

namespace Marathon.Controller.Activities;

/// <summary>Looks how something fares that a fleet's provider has begun.</summary>
public sealed class PollFleet(IFleetProvider fleet) : Activity<FleetOperation, FleetOperation>
{
    /// <inheritdoc/>
    public override Task<FleetOperation> RunAsync(ActivityContext context, FleetOperation input) => fleet.PollAsync(input, CancellationToken.None);
}
