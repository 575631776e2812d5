namespace Marathon.Workers;

/// <summary>
/// Body of <c>PUT /api/runs/{id}/workers/{workerId}</c>, about once a second: one row per worker, overwritten.
/// </summary>
public sealed record Heartbeat
{
    /// <summary>The life of the worker that speaks.</summary>
    public required int Epoch { get; init; }

    /// <summary>Counts up from 1 within an epoch; an older number is ignored.</summary>
    public required long Number { get; init; }

    /// <summary>The worker's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What it is doing.</summary>
    public required WorkerPhase Phase { get; init; }

    /// <summary>Cumulative counters of this epoch.</summary>
    public LoadCounters Counters { get; init; } = new();

    /// <summary>Latency of the last interval.</summary>
    public LatencySample? Latency { get; init; }

    /// <summary>Positions of its consumers.</summary>
    public IReadOnlyList<PartitionPosition> Positions { get; init; } = [];

    /// <summary>Processor time used by the process, in seconds.</summary>
    public double CpuSeconds { get; init; }

    /// <summary>The controller's clock against the worker's; null until an answer allowed an estimate.</summary>
    public ClockEstimate? Clock { get; init; }

    /// <summary>Why the load broke; null while it has not.</summary>
    public string? Error { get; init; }

    /// <summary>Number of the newest checkpoint that the controller has stored.</summary>
    public long StoredCheckpoint { get; init; }
}
