using Confluent.Kafka;
using Marathon.Kafka.Threading;
using Marathon.Records;
using Marathon.Verification;

namespace Marathon.Kafka.Consuming;

/// <summary>Takes records from the client library and shows them to a checker, without garbage of its own.</summary>
internal sealed class RecordSource
{
    private const int RecordsBetweenClocks = 64;
    private readonly SpanKeeper _key = new(), _value = new();
    private readonly HeaderBytes _headers = new();
    private readonly ConsumerChecker _checker;
    private readonly LoadClock _clock;
    private readonly bool _verifies;
    private int _untilClock;
    private TransactionRef _lastRead;

    /// <param name="builder">Of the client that the records come from.</param>
    /// <param name="checker">Sees them.</param>
    /// <param name="clock">Time.</param>
    /// <param name="verifies">Off only to measure what the checker's look at them costs: the rest stays as it is.</param>
    public RecordSource(ConsumerBuilder<int, int> builder, ConsumerChecker checker, LoadClock clock, bool verifies = true)
    {
        (_checker, _clock, _verifies) = (checker, clock, verifies);
        builder.SetKeyDeserializer(_key).SetValueDeserializer(_value);
    }

    /// <summary>Told of whose transactions records are read; empty for nobody.</summary>
    public IReadOnlyList<TransactionReads> Reads { get; set; } = [];

    /// <summary>Bytes of keys and values read.</summary>
    public long Bytes { get; private set; }

    /// <summary>The value of the record that the library returned last.</summary>
    public ReadOnlySpan<byte> Value => _value.Span;

    /// <summary>Shows a record to the checker.</summary>
    /// <param name="handle">The partition's handle in the checker.</param>
    /// <param name="result">What the library returned last: its bytes are still in the keepers.</param>
    public void Check(int handle, ConsumeResult<int, int> result)
    {
        if (_untilClock-- <= 0)
        {
            _clock.Refresh();
            _untilClock = RecordsBetweenClocks;
        }

        var timestamp = result.Message.Timestamp;
        Bytes += _key.Span.Length + _value.Span.Length;
        if (!_verifies)
        {
            _checker.Skipped(handle, result.Offset.Value);
            return;
        }

        _checker.Received(handle, new ConsumedRecord
        {
            Offset = result.Offset.Value,
            Key = _key.Span,
            Value = _value.Span,
            Headers = _headers.Of(result.Message.Headers),
            CreateTime = timestamp.Type == TimestampType.CreateTime ? timestamp.UnixTimestampMs : -1,
            LogAppendTime = timestamp.Type == TimestampType.LogAppendTime ? timestamp.UnixTimestampMs : -1,
            ReceivedAt = _clock.ToWall(_clock.Now),
        });
        if (Reads.Count > 0)
            TellOfRead();
    }

    private void TellOfRead()
    {
        if (!RecordCodec.TryRead(_value.Span, out var header, out _) || header.TransactionId == 0)
            return;
        var writer = new TransactionRef(header.Incarnation, header.TransactionId);
        if (writer == _lastRead)
            return;
        _lastRead = writer;
        foreach (var reads in Reads)
            reads.Add(writer);
    }
}
