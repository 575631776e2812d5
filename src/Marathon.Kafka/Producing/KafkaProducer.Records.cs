using Confluent.Kafka;
using Marathon.Records;
using Marathon.Workers.Load;

namespace Marathon.Kafka.Producing;

/// <summary>The way of a record: made, handed to the client, and what became of it.</summary>
internal sealed partial class KafkaProducer
{
    private const int RecordsPerDeletion = 4;

    private int SendDue()
    {
        var now = _clock.Refresh();
        var room = Math.Min(SendsPerRound, _maximumOpen - _incarnations.InFlight);
        var sent = 0;
        while (sent < room && IsReadyToSend(now) && _schedule.TryTake(now, out var intendedAt))
        {
            Send(intendedAt, now);
            sent++;
            now = _clock.Now;
        }

        return sent;
    }

    private void Send(long intendedAt, long now)
    {
        var ledger = _incarnations.Current;
        var plan = _transfers?.Next(now) ?? Plan(now);
        var partition = plan.Partition;
        var sequence = ledger.Next(partition);
        var sentAt = _clock.ToWall(now);
        var (transaction, index, isLast) = _transaction?.Take() ?? default;
        var header = new RecordHeader
        {
            Flags = isLast ? RecordFlags.CreateTimeSet | RecordFlags.LastOfTransaction : RecordFlags.CreateTimeSet,
            TransactionId = transaction,
            TransactionIndex = index,
            Run = _run,
            TopicId = _topic.Id,
            Partition = partition,
            Incarnation = ledger.Incarnation,
            Sequence = sequence,
            KeyId = plan.KeyId,
            KeySequence = plan.KeySequence,
            IntendedAt = _clock.ToWall(intendedAt),
            SentAt = sentAt,
        };
        Span<byte> blocks = stackalloc byte[ExtensionBlocks.TransferSize];
        blocks = plan.Transfer is { } transfer ? blocks[..ExtensionBlocks.Write(blocks, transfer)] : [];
        _filler.Fill(_message.Value.AsSpan(RecordCodec.FillerOffset(blocks.Length)));
        RecordCodec.Write(_message.Value, header, plan.Key, default, blocks);
        _message.Key = new SendTag(ledger, partition, sequence, intendedAt, plan.Key);
        _message.Timestamp = new Timestamp(RecordTime.ToKafkaTimestamp(sentAt), TimestampType.CreateTime);
        try
        {
            _client.Produce(_partitions[partition], _message, _delivered);
            if (_spec.Compacted && plan.KeyId >= 0 && plan.KeySequence % RecordsPerDeletion == RecordsPerDeletion - 1)
                Delete(_message.Key, partition);
        }
        catch (ProduceException<SendTag, byte[]> refused)
        {
            // The library took nothing: the record was definitely not written.
            ledger.Failed(partition, sequence);
            _transaction?.Doom();
            if (refused.Error.IsFatal)
                _fatal = refused.Error;
        }
    }

    private RecordPlan Plan(long now)
    {
        var partition = _runs.Next(now);
        var key = _keys.Take(partition);
        return new RecordPlan(partition, key.Id, key.Bytes, key.Sequence);
    }

    /// <summary>A tombstone is no record of the run, for it has no value to hold a header: it is sent once and nobody counts it.</summary>
    private void Delete(SendTag tag, int partition) =>
        _client.Produce(_partitions[partition], new Message<SendTag, byte[]> { Key = tag, Value = null! });

    private void OnDelivered(DeliveryReport<SendTag, byte[]> report)
    {
        var tag = report.Message.Key;
        switch (report.Status)
        {
            case PersistenceStatus.Persisted:
                tag.Ledger.Acknowledged(tag.Partition, tag.Sequence, report.Offset.IsSpecial ? -1 : report.Offset.Value);
                _bytesAcknowledged += _spec.RecordSizeBytes + (tag.Key?.Length ?? 0);
                _latency.Record((_clock.Now - tag.IntendedAt) / RecordTime.NanosecondsPerMicrosecond);
                break;
            case PersistenceStatus.NotPersisted when DefiniteRefusal.Is(report.Error.Code):
                tag.Ledger.Failed(tag.Partition, tag.Sequence);
                break;
            default:
                tag.Ledger.Indeterminate(tag.Partition, tag.Sequence);
                break;
        }

        if (report.Error.IsError)
            _transaction?.Doom();
        if (report.Error.IsFatal || (report.Error.Code == ErrorCode.Local_MsgTimedOut && _spec.Guarantee == Guarantee.Idempotent))
            _fatal = report.Error;
    }
}
