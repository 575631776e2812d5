using Marathon.Controller.Fleets;
using Marathon.Controller.Runs;
using Marathon.Durable;

namespace Marathon.Controller.Activities;

/// <summary>Ends what is left of the run's workers.</summary>
public sealed class ReleaseFleet(IRunStore runs, IFleetProvider fleet) : Activity<RunRequest, FleetOperation>
{
    /// <inheritdoc/>
    public override async Task<FleetOperation> RunAsync(ActivityContext context, RunRequest input)
    {
        await FleetCosts.KeepAsync(runs, fleet, await runs.GetAsync(input.RunId, CancellationToken.None));
        return await fleet.ReleaseAsync(input.RunId, CancellationToken.None);
    }
}
