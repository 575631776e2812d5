using Marathon.Testbed.Cluster;
using Marathon.Testbed.Coordination;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Groups;

/// <summary>The group's committed offsets.</summary>
internal sealed partial class Group
{
    private readonly Dictionary<TopicPartition, CommittedOffset> _offsets = [];

    /// <param name="transaction">The producer in whose transaction it was committed; null outside of one.</param>
    public void LoadOffset(TopicPartition key, OffsetCommitValue? value, long logOffset, long? transaction)
    {
        lock (_sync)
        {
            if (transaction is { } producerId && value is not null)
                AddPending(producerId, key, value, logOffset);
            else
                Apply(key, value, logOffset);
        }
    }

    /// <summary>Whether a member, or someone outside of an empty group, may commit now.</summary>
    public ErrorCode CheckCommit(string memberId, string? instanceId, int generation)
    {
        lock (_sync)
        {
            if (State == GroupState.Dead)
                return ErrorCode.NotCoordinator;
            if (generation < 0 && _members.Count == 0)
                return ErrorCode.None;
            if (generation < 0 && memberId.Length == 0)
                return ErrorCode.UnknownMemberId;
            var error = Check(memberId, instanceId, generation, out var member);
            if (error != ErrorCode.None)
                return error;
            member.LastHeartbeat = time.GetUtcNow();
            return State == GroupState.CompletingRebalance ? ErrorCode.RebalanceInProgress : ErrorCode.None;
        }
    }

    /// <summary>Writes offsets (null removes); they count once they are on all in-sync replicas.</summary>
    public async Task<ErrorCode> CommitAsync(IReadOnlyList<(TopicPartition Key, OffsetCommitValue? Value)> offsets)
    {
        var records = offsets.Select(offset => (
            (ReadOnlyMemory<byte>?)CoordinatorRecord.Write(
                OffsetCommitKey.Type,
                new OffsetCommitKey { Group = Id, Topic = offset.Key.Topic, Partition = offset.Key.Partition }),
            offset.Value is null ? (ReadOnlyMemory<byte>?)null : CoordinatorRecord.Write(OffsetCommitValue.Version, offset.Value))).ToArray();
        var (baseOffset, replicated) = partition.Append(records, time.GetUtcNow());
        var error = await replicated;
        if (error != ErrorCode.None)
            return CoordinatorPartition.ForClient(error);
        lock (_sync)
        {
            for (var i = 0; i < offsets.Count; i++)
                Apply(offsets[i].Key, offsets[i].Value, baseOffset + i);
        }

        return ErrorCode.None;
    }

    public CommittedOffset? Offset(TopicPartition key)
    {
        lock (_sync)
            return _offsets.GetValueOrDefault(key);
    }

    public IReadOnlyList<KeyValuePair<TopicPartition, CommittedOffset>> Offsets()
    {
        lock (_sync)
            return [.. _offsets];
    }

    /// <summary>Removes the group with all it has; only an empty one.</summary>
    public async Task<ErrorCode> DeleteAsync()
    {
        (ReadOnlyMemory<byte>?, ReadOnlyMemory<byte>?)[] tombstones;
        lock (_sync)
        {
            if (State == GroupState.Dead)
                return ErrorCode.GroupIdNotFound;
            if (_members.Count > 0)
                return ErrorCode.NonEmptyGroup;
            State = GroupState.Dead;
            tombstones =
            [
                .. _offsets.Keys.Select(key => ((ReadOnlyMemory<byte>?)CoordinatorRecord.Write(
                    OffsetCommitKey.Type,
                    new OffsetCommitKey { Group = Id, Topic = key.Topic, Partition = key.Partition }), (ReadOnlyMemory<byte>?)null)),
                (CoordinatorRecord.Write(GroupMetadataKey.Type, new GroupMetadataKey { Group = Id }), null),
            ];
        }

        partition.Groups.TryRemove(Id, out _);
        return CoordinatorPartition.ForClient(await partition.Append(tombstones, time.GetUtcNow()).Replicated);
    }

    private void Apply(TopicPartition key, OffsetCommitValue? value, long logOffset)
    {
        if (_offsets.GetValueOrDefault(key)?.LogOffset > logOffset)
            return;
        if (value is null)
            _offsets.Remove(key);
        else
            _offsets[key] = new CommittedOffset(value.Offset, value.LeaderEpoch, value.Metadata, value.CommitTimestamp, logOffset);
    }
}
