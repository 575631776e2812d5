using Marathon.Testbed.Records;

namespace Marathon.Testbed.Groups;

/// <summary>Makes the groups of a partition from its log: what a new coordinator does first.</summary>
internal sealed class GroupLoader(GroupPartition partition, TimeProvider time)
{
    /// <summary>False when the broker lost the leadership before the end.</summary>
    public bool Load() => partition.Replay(Load);

    private void Load(ReadOnlyMemory<byte> batch)
    {
        var header = RecordBatchHeader.Read(batch.Span);
        if (header.IsControl)
        {
            if (ControlMarker.Read(batch) is { } marker)
                partition.EndTransaction(header.ProducerId, marker.Committed);
            return;
        }

        foreach (var record in BatchReader.Records(batch))
        {
            if (record.Key is { } key)
                Load(key, record, header.IsTransactional ? header.ProducerId : null);
        }
    }

    private void Load(ReadOnlyMemory<byte> key, LogRecord record, long? transaction)
    {
        switch (CoordinatorRecord.Version(key))
        {
            case 0 or OffsetCommitKey.Type:
                var offset = CoordinatorRecord.Read<OffsetCommitKey>(key);
                var value = record.Value is { } bytes ? CoordinatorRecord.Read<OffsetCommitValue>(bytes) : null;
                Group(offset.Group).LoadOffset(new(offset.Topic, offset.Partition), value, record.Offset, transaction);
                break;
            case GroupMetadataKey.Type:
                var name = CoordinatorRecord.Read<GroupMetadataKey>(key).Group;
                if (record.Value is { } metadata)
                    Group(name).Load(CoordinatorRecord.Read<GroupMetadataValue>(metadata));
                else
                    partition.Groups.TryRemove(name, out _);
                break;
        }
    }

    private Group Group(string name) => partition.Groups.GetOrAdd(name, id => new Group(id, partition, time));
}
