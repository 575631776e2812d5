namespace Marathon.Scenarios.GroupChurn;

/// <summary>Under load the fleet grows and shrinks again, and its consumer group rebalances each time.</summary>
public sealed class GroupChurnScenario : Scenario<GroupChurnConfig>
{
    /// <inheritdoc/>
    protected override async Task WorkloadAsync(ScenarioContext<GroupChurnConfig> run)
    {
        bool larger = false;
        TimeSpan left = run.Config.Duration;
        for (; left > run.Config.ChurnEvery; left -= run.Config.ChurnEvery)
        {
            await run.DelayAsync(run.Config.ChurnEvery);
            larger = !larger;
            await run.Fleet.ScaleAsync(run.Fleet.Workers + (larger ? run.Config.ChurnWorkers : 0));
        }

        await run.DelayAsync(left);
        await run.DrainAndAssertAsync();
    }
}
