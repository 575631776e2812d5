using Marathon.Latency;
using Marathon.Verification;

namespace Marathon.Kafka.Producing;

/// <summary>What a producer knows: its evidence by incarnation, and its publish latency.</summary>
internal sealed record ProducerKnowledge(IReadOnlyList<ProducerEvidence> Evidence, LatencySnapshot Latency);
