using Marathon.Scenarios.Toolkit;

namespace Marathon.Scenarios;

/// <summary>
/// What a scenario's stage has to work with. Every call is durable: after a crash the stage goes on behind the last
/// one that ended. After an interrupt the pending call and every later one throws <see cref="StageInterruptedException"/>.
/// </summary>
/// <typeparam name="TConfig">The scenario's configuration.</typeparam>
public sealed class ScenarioContext<TConfig>(IToolkit toolkit, TConfig config)
    where TConfig : WorkloadConfig, new()
{
    /// <summary>The configuration of this run.</summary>
    public TConfig Config { get; } = config;

    /// <summary>The run's id.</summary>
    public string RunId => toolkit.RunId;

    /// <summary>Seed of everything random in the run: for what a stage draws, for a replay must draw the same.</summary>
    public long Seed => toolkit.Seed;

    /// <summary>The time, the same on every replay.</summary>
    public DateTimeOffset Now => toolkit.Now;

    /// <summary>The run's topics.</summary>
    public ITopics Topics => toolkit.Topics;

    /// <summary>The workers.</summary>
    public IFleet Fleet => toolkit.Fleet;

    /// <summary>What the workers do.</summary>
    public ILoadControl Load => toolkit.Load;

    /// <summary>The consuming side of the load.</summary>
    public IConsumers Consumers => toolkit.Consumers;

    /// <summary>What is broken on purpose.</summary>
    public IFaults Faults => toolkit.Faults;

    /// <summary>Waits. The clock stands still while the run is paused.</summary>
    public Task DelayAsync(TimeSpan delay) => toolkit.DelayAsync(delay);

    /// <summary>Waits until something is so.</summary>
    /// <param name="condition">What; asked about once a second.</param>
    /// <param name="within">How long at most.</param>
    /// <exception cref="TimeoutException">It was not so in time.</exception>
    public Task UntilAsync(Condition condition, TimeSpan within) => toolkit.UntilAsync(condition, within);

    /// <summary>Checks something and writes the result into the report; a failed one makes the verdict what its severity says.</summary>
    public Task<AssertionResult> AssertAsync(Assertion assertion) => toolkit.AssertAsync(assertion);

    /// <summary>
    /// The end of most workloads: producers stop and flush, consumers read to the end, and the objectives that the
    /// configuration sets are asserted.
    /// </summary>
    public async Task DrainAndAssertAsync()
    {
        await Load.StopAsync();
        await Consumers.DrainAsync(Config.DrainWithin);
        await AssertAsync(Objective.OfferedLoad(minimumShare: 0.95));
        if (Config.SloPublishP99 is { } publish)
        {
            await AssertAsync(Objective.PublishP99(publish));
        }

        if (Config.SloEndToEndP99 is { } endToEnd)
        {
            await AssertAsync(Objective.EndToEndP99(endToEnd));
        }

        if (Config.SloMinRatePerSecond is { } rate)
        {
            await AssertAsync(Objective.MinRate(rate));
        }
    }
}
