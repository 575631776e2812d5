using Marathon.Kafka.Consuming;
using Marathon.Kafka.Producing;

namespace Marathon.Kafka.Transforming;

/// <summary>How a pipeline fares, as of some tenths of a second ago.</summary>
internal sealed record PipelineStatus(ProducerStatus Writes, ConsumerStatus Reads)
{
    public static PipelineStatus None { get; } = new(ProducerStatus.None, ConsumerStatus.None);
}
