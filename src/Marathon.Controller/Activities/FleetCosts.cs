using Marathon.Controller.Fleets;
using Marathon.Controller.Runs;

namespace Marathon.Controller.Activities;

/// <summary>Writes down what an attempt's machines cost before they go, and what is known of them with them.</summary>
internal static class FleetCosts
{
    public static async Task KeepAsync(IRunStore runs, IFleetProvider fleet, RunRecord run)
    {
        if (!run.Costs.ContainsKey(run.Attempt) && await fleet.CostAsync(run.RunId, CancellationToken.None) is { } cost)
        {
            await runs.UpdateAsync(
                run.RunId, r => r with { Costs = new Dictionary<int, FleetCost>(r.Costs) { [run.Attempt] = cost } }, CancellationToken.None);
        }
    }
}
