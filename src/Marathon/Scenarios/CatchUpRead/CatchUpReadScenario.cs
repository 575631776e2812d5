using Marathon.Scenarios.Toolkit;

namespace Marathon.Scenarios.CatchUpRead;

/// <summary>Consumers stand still until a backlog has built up, then read it while producers go on.</summary>
public sealed class CatchUpReadScenario : Scenario<CatchUpReadConfig>
{
    /// <inheritdoc/>
    protected override async Task WorkloadAsync(ScenarioContext<CatchUpReadConfig> run)
    {
        await run.Consumers.PauseAsync();
        await run.UntilAsync(Backlog.AtLeast(run.Config.BacklogBytes), within: run.Config.BuildWithin);
        await run.Consumers.ResumeAsync();
        await run.AssertAsync(Backlog.BelowOneSecondOfLoad(run.Config.RatePerSecond, within: run.Config.CatchUpWithin));
        await run.DelayAsync(run.Config.Duration);
        await run.DrainAndAssertAsync();
    }
}
