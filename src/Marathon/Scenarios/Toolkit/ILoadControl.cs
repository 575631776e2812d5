using Marathon.Configuration;

namespace Marathon.Scenarios.Toolkit;

/// <summary>What the workers do with their clients.</summary>
public interface ILoadControl
{
    /// <summary>Gives every worker its clients and waits until all are ready.</summary>
    Task InitialiseAsync();

    /// <summary>Begins to produce and to consume at the configured rate.</summary>
    Task StartAsync();

    /// <summary>Changes the offered load, all producers together.</summary>
    Task ThroughputAsync(Rate rate);

    /// <summary>Stops the producers and waits until every send is acknowledged, failed or indeterminate. Consumers go on.</summary>
    Task StopAsync();
}
