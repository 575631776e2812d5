using Marathon.Testbed.Cluster;
using Marathon.Testbed.Coordination;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Groups;

/// <summary>Offsets committed within a transaction: they count when the transaction commits.</summary>
internal sealed partial class Group
{
    private readonly Dictionary<long, Dictionary<TopicPartition, (OffsetCommitValue Value, long LogOffset)>> _pendingOffsets = [];

    /// <summary>Whether a producer may commit for the group: one without member and generation may while the group is alive.</summary>
    public ErrorCode CheckTransactionalCommit(string memberId, string? instanceId, int generation)
    {
        lock (_sync)
        {
            if (State == GroupState.Dead)
                return ErrorCode.NotCoordinator;
            if (memberId.Length == 0 && generation < 0)
                return ErrorCode.None;
            return Check(memberId, instanceId, generation, out _);
        }
    }

    public async Task<ErrorCode> CommitInTransactionAsync(
        long producerId, short producerEpoch, IReadOnlyList<(TopicPartition Key, OffsetCommitValue Value)> offsets)
    {
        Task<ErrorCode> replicated;
        lock (_sync)
        {
            // Pending from the moment of the append: the transaction's marker may follow at once.
            (var baseOffset, replicated) = partition.Append(TransactionalBatch(producerId, producerEpoch, offsets));
            if (baseOffset >= 0)
            {
                for (var i = 0; i < offsets.Count; i++)
                    AddPending(producerId, offsets[i].Key, offsets[i].Value, baseOffset + i);
            }
        }

        return CoordinatorPartition.ForClient(await replicated);
    }

    public void EndTransaction(long producerId, bool committed)
    {
        lock (_sync)
        {
            if (!_pendingOffsets.Remove(producerId, out var offsets) || !committed)
                return;
            foreach (var (key, (value, logOffset)) in offsets)
                Apply(key, value, logOffset);
        }
    }

    /// <summary>A transaction that is open holds an offset of that partition.</summary>
    public bool HasPending(TopicPartition key)
    {
        lock (_sync)
            return _pendingOffsets.Values.Any(offsets => offsets.ContainsKey(key));
    }

    private void AddPending(long producerId, TopicPartition key, OffsetCommitValue value, long logOffset)
    {
        if (!_pendingOffsets.TryGetValue(producerId, out var offsets))
            _pendingOffsets[producerId] = offsets = [];
        offsets[key] = (value, logOffset);
    }

    private byte[] TransactionalBatch(long producerId, short producerEpoch, IReadOnlyList<(TopicPartition Key, OffsetCommitValue Value)> offsets)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var header = new RecordBatchHeader
        {
            Attributes = BatchAttributes.Transactional,
            LastOffsetDelta = offsets.Count - 1,
            BaseTimestamp = now,
            MaxTimestamp = now,
            ProducerId = producerId,
            ProducerEpoch = producerEpoch,
            BaseSequence = -1,
        };
        return BatchWriter.Write(header, [.. offsets.Select((offset, i) => new LogRecord(
            i,
            now,
            CoordinatorRecord.Write(OffsetCommitKey.Type, new OffsetCommitKey { Group = Id, Topic = offset.Key.Topic, Partition = offset.Key.Partition }),
            CoordinatorRecord.Write(OffsetCommitValue.Version, offset.Value),
            LogRecord.NoHeaders))]);
    }
}
