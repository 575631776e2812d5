namespace Marathon.Scenarios.TailRead;

/// <summary>Producers write at a rate, consumers keep up with the tail of the log.</summary>
public sealed class TailReadScenario : Scenario<TailReadConfig>
{
    /// <inheritdoc/>
    protected override async Task WorkloadAsync(ScenarioContext<TailReadConfig> run)
    {
        await run.DelayAsync(run.Config.Duration);
        await run.DrainAndAssertAsync();
    }
}
