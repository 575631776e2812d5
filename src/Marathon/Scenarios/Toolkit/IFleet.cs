namespace Marathon.Scenarios.Toolkit;

/// <summary>The run's workers.</summary>
public interface IFleet
{
    /// <summary>The number of workers that the spec asks for.</summary>
    int Workers { get; }

    /// <summary>Starts the number of workers that the spec asks for and waits until they have registered.</summary>
    Task StartAsync();

    /// <summary>
    /// Changes the number of workers in mid-run, and waits until it is so. New ones get their clients and do what the rest
    /// does; those beyond the count, the last to come first, hand over their evidence and go. The offered load stays the
    /// same and is shared anew. With <c>assignment=assign</c> workers that came later only produce.
    /// </summary>
    /// <param name="workers">The desired count: the quorum or more, and with <c>assignment=assign</c>, where partitions belong to workers, no less than the spec asks for.</param>
    /// <exception cref="CannotGoOnException">New workers were not ready in time.</exception>
    Task ScaleAsync(int workers);

    /// <summary>Shuts all workers down in order, then makes sure that none is left.</summary>
    Task StopAsync();
}
