using Confluent.Kafka;
using Marathon.Kafka.Producing;
using Marathon.Records;
using Marathon.Verification;

namespace Marathon.Kafka.Transforming;

/// <content>Records and their transactions.</content>
internal sealed partial class KafkaPipeline
{
    private static readonly TimeSpan s_endWithin = TimeSpan.FromSeconds(60);

    private void Read()
    {
        for (var i = 0; i < RecordsPerRound && CanTake(); i++)
        {
            try
            {
                if (_consumer.Consume(i == 0 ? s_longestPoll : TimeSpan.Zero) is not { } result)
                    return;
                var handle = _owned.Handle(result.Partition.Value);
                if (handle < 0)
                    continue;
                if (result.IsPartitionEOF)
                {
                    Pass(handle, result.TopicPartitionOffset);
                    continue;
                }

                Check(handle, result);

                // What came after a change of the assignment is read again when the transaction has been aborted.
                if (_transaction.IsDoomed)
                    return;
                Transform(result);
                _taken[result.Partition.Value] = result.Offset.Value + 1;
            }
            catch (ConsumeException error) when (!error.Error.IsFatal)
            {
                Logger.ClientError(Name, error.Error.Code, error.Error.Reason);
            }
        }
    }

    /// <summary>What is read again for a transaction that was aborted has been checked before.</summary>
    private void Check(int handle, ConsumeResult<int, int> result)
    {
        if (result.Offset.Value >= _checker.NextOffset(handle))
            _source.Check(handle, result);
    }

    private void Pass(int handle, TopicPartitionOffset end)
    {
        _taken[end.Partition.Value] = Math.Max(_taken[end.Partition.Value], end.Offset.Value);
        if (end.Offset.Value > _checker.NextOffset(handle))
            _checker.Passed(handle, end.Offset.Value);
    }

    /// <summary>Where a replacement would go on: the evidence has a seam there.</summary>
    private Dictionary<int, long> Cut()
    {
        foreach (var partition in _owned.Held.Where(partition => _taken[partition] == _checker.NextOffset(_owned.Handle(partition))))
            _checker.Cut(_owned.Handle(partition));
        return _owned.Held.ToDictionary(partition => partition, partition => _taken[partition]);
    }

    private bool CanTake() =>
        _client.Fatal is null && !_rewindIsDue && !_transaction.IsDoomed && _incarnations.InFlight < MaximumOpenRecords && !(_transaction.IsOpen && _transaction.IsFull);

    private void Transform(ConsumeResult<int, int> source)
    {
        var now = _clock.Refresh();
        if (!_transaction.IsOpen)
        {
            if (!_client.TryBegin())
                return;
            _transaction.Begin(_incarnations.Current.BeginTransaction(_clock.ToWall(now)), now);
        }

        var ledger = _incarnations.Current;
        var partition = source.Partition.Value % _to.Partitions;
        var sequence = ledger.Next(partition);
        var (transaction, index, isLast) = _transaction.Take();
        var sentAt = _clock.ToWall(now);
        var isKnown = RecordCodec.TryRead(_source.Value, out var original, out _);
        if (isKnown && original.TransactionId > 0)
            ledger.ReadFrom(original.Incarnation, original.TransactionId);
        var header = new RecordHeader
        {
            Flags = isLast ? RecordFlags.CreateTimeSet | RecordFlags.LastOfTransaction : RecordFlags.CreateTimeSet,
            TransactionId = transaction,
            TransactionIndex = index,
            Run = _run,
            TopicId = _to.Id,
            Partition = partition,
            Incarnation = ledger.Incarnation,
            Sequence = sequence,

            // The way of a record ends when its transform is read.
            IntendedAt = isKnown ? original.IntendedAt : sentAt,
            SentAt = sentAt,
        };
        Span<byte> block = stackalloc byte[ExtensionBlocks.SourceSize];
        ExtensionBlocks.Write(block, new SourceRecord(_from.Id, source.Partition.Value, source.Offset.Value));
        _filler.Fill(_message.Value.AsSpan(RecordCodec.FillerOffset(block.Length)));
        RecordCodec.Write(_message.Value, header, default, default, block);
        _message.Key = new SendTag(ledger, partition, sequence, now, null);
        _message.Timestamp = new Timestamp(RecordTime.ToKafkaTimestamp(sentAt), TimestampType.CreateTime);
        if (!_client.TryProduce(new TopicPartition(_to.Name, partition), _message))
        {
            ledger.Failed(partition, sequence);
            _transaction.Doom();
        }
    }

    private void OnDelivered(DeliveryReport<SendTag, byte[]> report)
    {
        var tag = report.Message.Key;
        if (report.Status == PersistenceStatus.Persisted)
        {
            tag.Ledger.Acknowledged(tag.Partition, tag.Sequence, report.Offset.IsSpecial ? -1 : report.Offset.Value);
            _bytesAcknowledged += _spec.RecordSizeBytes;
            return;
        }

        if (report.Status == PersistenceStatus.NotPersisted && DefiniteRefusal.Is(report.Error.Code))
            tag.Ledger.Failed(tag.Partition, tag.Sequence);
        else
            tag.Ledger.Indeterminate(tag.Partition, tag.Sequence);
        _transaction.Doom();
    }

    private void EndTransaction()
    {
        var ledger = _incarnations.Current;
        _client.Drain(() => _incarnations.InFlight > 0 && !_transaction.IsDoomed, s_endWithin);
        var commits = !_transaction.IsToAbort && !_transaction.IsDoomed && _client.Fatal is null && _incarnations.InFlight == 0;
        if (commits)
        {
            var offsets = Cut();
            var error = _client.SendOffsets(
                [.. offsets.Select(offset => new TopicPartitionOffset(_from.Name, offset.Key, offset.Value))], _consumer.ConsumerGroupMetadata, s_endWithin);
            if (error is null)
            {
                ledger.EndingTransaction(_clock.ToWall(_clock.Refresh()));
                _transaction.IsCommitAsked = true;
                error = _client.Commit(s_endWithin);
            }

            if (error is null)
            {
                End(TransactionOutcome.Committed);
                foreach (var (partition, offset) in offsets)
                    _done[partition] = offset;
                _owned.Confirm(offsets);
                return;
            }

            Logger.CommitFailed(Name, error.Code, error.Reason);
        }
        else
        {
            ledger.EndingTransaction(_clock.ToWall(_clock.Refresh()));
        }

        _rewindIsDue = true;
        if (_client.Abort(s_endWithin) && _incarnations.InFlight == 0)
            CloseTransaction();
        else
            _client.Break("an aborted transaction has open sends");
    }

    /// <summary>A client that can do no more makes room for a new one and the next incarnation.</summary>
    private void StartAnew(Error fatal)
    {
        Logger.ProducerFatal(Name, fatal.Code, fatal.Reason);
        _client.Discard(() => _incarnations.InFlight > 0);
        _incarnations.GiveUpOpenSends();
        CloseTransaction();
        _incarnations.Succeed();
        _rewindIsDue = true;
        _client.Renew();
    }

    private void CloseTransaction()
    {
        if (_transaction.IsOpen)
            End(_transaction.IsCommitAsked ? TransactionOutcome.Unknown : TransactionOutcome.Aborted);
    }

    private void End(TransactionOutcome outcome)
    {
        _incarnations.Current.EndTransaction(outcome, _clock.ToWall(_clock.Refresh()));
        _transaction.End();
    }
}
