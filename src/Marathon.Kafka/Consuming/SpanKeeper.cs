using Confluent.Kafka;

namespace Marathon.Kafka.Consuming;

/// <summary>
/// Keeps the bytes that the client library shows to a deserializer and to nobody else: its memory is freed before the
/// record's offset is known, and the check needs both. One buffer, which grows to the largest record.
/// </summary>
internal sealed class SpanKeeper : IDeserializer<int>
{
    private byte[] _bytes = new byte[4096];
    private int _length;

    /// <summary>The bytes of the last record; empty for null.</summary>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    public int Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context)
    {
        if (data.Length > _bytes.Length)
            _bytes = new byte[Math.Max(data.Length, _bytes.Length * 2)];
        data.CopyTo(_bytes);
        return _length = data.Length;
    }
}
