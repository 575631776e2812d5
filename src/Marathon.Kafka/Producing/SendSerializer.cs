using Confluent.Kafka;

namespace Marathon.Kafka.Producing;

/// <summary>Hands over keys and values as they are; the client library copies them.</summary>
internal sealed class SendSerializer : ISerializer<SendTag>, ISerializer<byte[]>
{
    public byte[] Serialize(SendTag data, SerializationContext context) => data.Key!;

    public byte[] Serialize(byte[] data, SerializationContext context) => data;
}
