namespace Marathon.Scenarios.Toolkit;

/// <summary>The consuming side of the load.</summary>
public interface IConsumers
{
    /// <summary>Consumers stop polling and keep their partitions.</summary>
    Task PauseAsync();

    /// <summary>Consumers go on.</summary>
    Task ResumeAsync();

    /// <summary>
    /// Waits until consumers have read every partition to its end, which must be stable by then. What was not read in
    /// time is left to the verdict (unseen), it is no error here.
    /// </summary>
    Task DrainAsync(TimeSpan within);
}
