using Marathon.Latency;
using Marathon.Verification;

namespace Marathon.Workers.Load;

/// <summary>What a load's clients know: the part of a <see cref="WorkerEvidence"/> that is theirs.</summary>
public sealed record LoadEvidence
{
    /// <summary>Its producers, by incarnation.</summary>
    public IReadOnlyList<ProducerEvidence> Producers { get; init; } = [];

    /// <summary>Its consumers.</summary>
    public IReadOnlyList<ConsumerEvidence> Consumers { get; init; } = [];

    /// <summary>From the intended send time to the acknowledgement.</summary>
    public LatencySnapshot PublishLatency { get; init; } = LatencySnapshot.Empty;

    /// <summary>From the intended send time to the first reading.</summary>
    public LatencySnapshot EndToEndLatency { get; init; } = LatencySnapshot.Empty;

    /// <summary>Anomalies noticed beside the records.</summary>
    public IReadOnlyList<AnomalyTally> Anomalies { get; init; } = [];
}
