namespace Marathon.Scenarios.ExactlyOncePipeline;

/// <summary>Every record of one topic becomes one of another in transactions, some of which are aborted.</summary>
public sealed class ExactlyOncePipelineScenario : Scenario<ExactlyOncePipelineConfig>
{
    /// <inheritdoc/>
    protected override async Task WorkloadAsync(ScenarioContext<ExactlyOncePipelineConfig> run)
    {
        await run.DelayAsync(run.Config.Duration);
        await run.DrainAndAssertAsync();
    }
}
