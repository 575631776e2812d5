using Marathon.Runs;
using Marathon.Scenarios.Toolkit;

namespace Marathon.Scenarios;

/// <summary>The definition of a scenario class.</summary>
public sealed class ScenarioDefinition<TScenario, TConfig>(string name, string summary, string passesWhen)
    : ScenarioDefinition(name, summary, passesWhen, typeof(TConfig))
    where TScenario : Scenario<TConfig>, new()
    where TConfig : WorkloadConfig, new()
{
    /// <inheritdoc/>
    public override Task RunStageAsync(StageName stage, IToolkit toolkit, WorkloadConfig config) =>
        new TScenario().RunAsync(stage, new ScenarioContext<TConfig>(toolkit, (TConfig)config));
}
