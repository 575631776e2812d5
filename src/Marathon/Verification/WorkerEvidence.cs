using Marathon.Latency;

namespace Marathon.Verification;

/// <summary>
/// A checkpoint of everything that one life of a worker knows: cumulative and numbered, so that a later one replaces an
/// earlier one and a lost one does no harm.
/// </summary>
public sealed record WorkerEvidence
{
    /// <summary>The version that is written. Version 1 had no packed runs.</summary>
    public const int CurrentFormat = 2;

    /// <summary>Version of this form; a controller refuses one that it does not know.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The run.</summary>
    public required string Run { get; init; }

    /// <summary>The worker's id.</summary>
    public required string Worker { get; init; }

    /// <summary>Which life of it, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Number of the checkpoint within the epoch, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>When it was made, by the worker's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The last one of an orderly end: nothing follows.</summary>
    public bool Final { get; init; }

    /// <summary>Its producers.</summary>
    public IReadOnlyList<ProducerEvidence> Producers { get; init; } = [];

    /// <summary>Its consumers.</summary>
    public IReadOnlyList<ConsumerEvidence> Consumers { get; init; } = [];

    /// <summary>From the intended send time to the acknowledgement.</summary>
    public LatencySnapshot PublishLatency { get; init; } = LatencySnapshot.Empty;

    /// <summary>From the intended send time to the first reading.</summary>
    public LatencySnapshot EndToEndLatency { get; init; } = LatencySnapshot.Empty;

    /// <summary>Anomalies that the worker noticed beside its records, such as a stuck member.</summary>
    public IReadOnlyList<AnomalyTally> Anomalies { get; init; } = [];
}
