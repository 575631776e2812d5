using Marathon.Latency;
using Marathon.Verification;

namespace Marathon.Kafka.Consuming;

/// <summary>What a consumer knows at a cut.</summary>
/// <param name="Evidence">Its evidence.</param>
/// <param name="Latency">End-to-end latency.</param>
/// <param name="Anomalies">Noticed beside the records.</param>
/// <param name="Offsets">By partition, where the evidence ends: may be committed once it is stored.</param>
internal sealed record ConsumerKnowledge(
    ConsumerEvidence Evidence, LatencySnapshot Latency, IReadOnlyList<AnomalyTally> Anomalies, IReadOnlyDictionary<int, long> Offsets);
