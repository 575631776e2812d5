using Confluent.Kafka;
using Marathon.Records;

namespace Marathon.Kafka.Consuming;

/// <summary>A record's Kafka headers in the form in which they enter its checksum.</summary>
internal sealed class HeaderBytes
{
    private byte[] _bytes = [];

    public ReadOnlySpan<byte> Of(Headers? headers)
    {
        if (headers is null || headers.Count == 0)
            return default;

        var size = 0;
        for (var i = 0; i < headers.Count; i++)
            size += RecordHeaders.SizeOf(headers[i].Key, headers[i].GetValueBytes()?.Length ?? 0);
        if (_bytes.Length < size)
            _bytes = new byte[size];

        var written = 0;
        for (var i = 0; i < headers.Count; i++)
        {
            written += headers[i].GetValueBytes() is { } value
                ? RecordHeaders.Append(_bytes.AsSpan(written), headers[i].Key, value)
                : RecordHeaders.AppendNull(_bytes.AsSpan(written), headers[i].Key);
        }

        return _bytes.AsSpan(0, written);
    }
}
