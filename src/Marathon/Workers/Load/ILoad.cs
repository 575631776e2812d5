namespace Marathon.Workers.Load;

/// <summary>
/// What a worker does with its clients. The worker calls it from one command at a time; status and checkpoints may come at
/// any time in between.
/// </summary>
public interface ILoad : IAsyncDisposable
{
    /// <summary>Makes the clients and waits until they are connected and consumers know where they begin.</summary>
    /// <exception cref="Configuration.SpecException">The spec cannot be used; names the field.</exception>
    /// <exception cref="LoadException">The system under test cannot be reached, or refuses.</exception>
    Task InitialiseAsync(LoadSpec spec, CancellationToken cancellationToken);

    /// <summary>Begins to produce and to consume.</summary>
    Task StartAsync();

    /// <summary>Changes the rate.</summary>
    /// <param name="ratePerSecond">Records per second, all producers together; null is as fast as it goes.</param>
    Task ChangeThroughputAsync(double? ratePerSecond);

    /// <summary>Consumers stop taking records and keep their partitions.</summary>
    Task PauseConsumptionAsync();

    /// <summary>Consumers go on.</summary>
    Task ResumeConsumptionAsync();

    /// <summary>Latency histograms begin anew.</summary>
    Task BeginMeasurementAsync();

    /// <summary>Stops the producers for good and waits for outstanding sends; what is open after <paramref name="flush"/> is indeterminate.</summary>
    Task StopProducingAsync(TimeSpan flush, CancellationToken cancellationToken);

    /// <summary>Consumers stop taking records for good; they keep their group until the load is disposed.</summary>
    Task StopConsumingAsync(CancellationToken cancellationToken);

    /// <summary>
    /// What the clients know now: cumulative. Consumers cut their evidence here, so that the offsets of exactly this evidence
    /// can be committed by <see cref="StoredAsync"/>.
    /// </summary>
    Task<LoadEvidence> CutAsync(CancellationToken cancellationToken);

    /// <summary>The evidence of the newest cut is stored: its offsets may be committed.</summary>
    Task StoredAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Counters and positions. Begins a new interval of <see cref="LoadStatus.Latency"/>. Never waits for a client: a heartbeat
    /// must not.
    /// </summary>
    LoadStatus Status();
}
