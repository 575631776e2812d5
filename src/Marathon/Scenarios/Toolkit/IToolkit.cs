namespace Marathon.Scenarios.Toolkit;

/// <summary>What a host implements so that scenarios run on it; scenarios see it through <see cref="ScenarioContext{TConfig}"/>.</summary>
public interface IToolkit
{
    /// <summary>The run's id.</summary>
    string RunId { get; }

    /// <summary>Seed of everything random in the run.</summary>
    long Seed { get; }

    /// <summary>The time, the same on every replay.</summary>
    DateTimeOffset Now { get; }

    /// <summary>The run's topics.</summary>
    ITopics Topics { get; }

    /// <summary>The workers.</summary>
    IFleet Fleet { get; }

    /// <summary>What the workers do.</summary>
    ILoadControl Load { get; }

    /// <summary>The consuming side.</summary>
    IConsumers Consumers { get; }

    /// <summary>What is broken on purpose.</summary>
    IFaults Faults { get; }

    /// <summary>Waits; the clock stands still while the run is paused.</summary>
    Task DelayAsync(TimeSpan delay);

    /// <summary>Waits until a condition holds, or throws <see cref="TimeoutException"/>.</summary>
    Task UntilAsync(Condition condition, TimeSpan within);

    /// <summary>Evaluates an assertion and keeps its result for the report.</summary>
    Task<AssertionResult> AssertAsync(Assertion assertion);
}
