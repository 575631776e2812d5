using Marathon.Configuration;
using Marathon.Scenarios.BrokerFailure;
using Marathon.Scenarios.CatchUpRead;
using Marathon.Scenarios.Chaos;
using Marathon.Scenarios.ExactlyOncePipeline;
using Marathon.Scenarios.GroupChurn;
using Marathon.Scenarios.TailRead;

namespace Marathon.Scenarios;

/// <summary>The scenarios that there are. A new one is added here.</summary>
public sealed class ScenarioCatalog(IReadOnlyList<ScenarioDefinition> scenarios)
{
    /// <summary>Those that come with the product.</summary>
    public static ScenarioCatalog BuiltIn { get; } = new(
    [
        new ScenarioDefinition<TailReadScenario, TailReadConfig>(
            "tail-read",
            "Producers write at a rate, consumers keep up with the tail of the log.",
            "Throughput reaches the target, latency keeps its objectives, no anomaly."),
        new ScenarioDefinition<CatchUpReadScenario, CatchUpReadConfig>(
            "catch-up-read",
            "Consumers stand still until a backlog has built up, then read it while producers go on.",
            "The backlog is read in time while the load goes on, no anomaly."),
        new ScenarioDefinition<BrokerFailureScenario, BrokerFailureConfig>(
            "broker-failure",
            "Under load the leader of partition 0 is killed and comes back later.",
            "Its partitions are led elsewhere within a minute, no anomaly."),
        new ScenarioDefinition<ChaosScenario, ChaosConfig>(
            "chaos",
            "Under load brokers are killed, paused and restarted one after the other, drawn by the run's seed.",
            "Partitions are led elsewhere within a minute, no anomaly."),
        new ScenarioDefinition<ExactlyOncePipelineScenario, ExactlyOncePipelineConfig>(
            "exactly-once-pipeline",
            "Pipelines turn every record of one topic into one of another in transactions, some of which are aborted.",
            "Each committed record of the input is in the output once, no anomaly."),
        new ScenarioDefinition<GroupChurnScenario, GroupChurnConfig>(
            "group-churn",
            "Under load workers come and go, and the consumer group rebalances each time.",
            "Every record is read whoever owned its partition, no anomaly."),
    ]);

    /// <summary>All, in the order of the catalogue.</summary>
    public IReadOnlyList<ScenarioDefinition> Scenarios { get; } = scenarios;

    /// <summary>The scenario of that name.</summary>
    /// <exception cref="SpecException">There is none.</exception>
    public ScenarioDefinition Get(string name) =>
        Scenarios.FirstOrDefault(s => s.Name == name)
        ?? throw new SpecException("scenario", $"there is no scenario '{name}'", Suggestion.For(name, Scenarios.Select(s => s.Name)));
}
