namespace Marathon.Scenarios.Toolkit;

/// <summary>The run's workers.</summary>
public interface IFleet
{
    /// <summary>Starts the number of workers that the spec asks for and waits until they have registered.</summary>
    Task StartAsync();

    /// <summary>Changes the number of workers in mid-run; new ones are initialised and started like the others.</summary>
    /// <param name="workers">The desired count, 1 or more.</param>
    Task ScaleAsync(int workers);

    /// <summary>Shuts all workers down in order, then makes sure that none is left.</summary>
    Task StopAsync();
}
