using Marathon.Runs;

namespace Marathon.Scenarios;

/// <summary>
/// A test case. Its stages are orchestrator code: they must be deterministic, and so they survive a crash of the
/// controller at any line. Whatever touches the world goes through the <see cref="ScenarioContext{TConfig}"/>.
/// </summary>
/// <typeparam name="TConfig">Its configuration.</typeparam>
public abstract class Scenario<TConfig>
    where TConfig : WorkloadConfig, new()
{
    /// <summary>Brings up what the workload needs. As given: the topic, the workers, and their clients.</summary>
    protected virtual async Task PrepareAsync(ScenarioContext<TConfig> run)
    {
        await run.Topics.CreateAsync();
        await run.Fleet.StartAsync();
        await run.Load.InitialiseAsync();
    }

    /// <summary>Load that is verified but not measured. As given: starts the load and lets it run for the time configured.</summary>
    protected virtual async Task WarmupAsync(ScenarioContext<TConfig> run)
    {
        await run.Load.StartAsync();
        await run.DelayAsync(run.Config.Warmup);
    }

    /// <summary>The test itself.</summary>
    protected abstract Task WorkloadAsync(ScenarioContext<TConfig> run);

    /// <summary>Takes away what the others made; runs always, also after a failure or an interrupt. As given: workers, then topics.</summary>
    protected virtual async Task CleanupAsync(ScenarioContext<TConfig> run)
    {
        await run.Fleet.StopAsync();
        await run.Topics.DeleteAsync();
    }

    /// <summary>Runs one stage.</summary>
    internal Task RunAsync(StageName stage, ScenarioContext<TConfig> run) => stage switch
    {
        StageName.Prepare => PrepareAsync(run),
        StageName.Warmup => WarmupAsync(run),
        StageName.Workload => WorkloadAsync(run),
        StageName.Cleanup => CleanupAsync(run),
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };
}
