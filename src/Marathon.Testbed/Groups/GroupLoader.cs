using Marathon.Testbed.Records;

namespace Marathon.Testbed.Groups;

/// <summary>Makes the groups of a partition from its log: what a new coordinator does first.</summary>
internal static class GroupLoader
{
    /// <summary>False when the broker lost the leadership before the end.</summary>
    public static bool Load(GroupPartition partition, TimeProvider time)
    {
        long offset = 0;
        while (true)
        {
            if (partition.Replica.ReadToEnd(offset, partition.LeaderEpoch) is not { } runs)
                return false;
            if (runs.Count == 0)
                return true;
            foreach (var run in runs)
            {
                foreach (var batch in BatchReader.Batches(run.Chunk.Slice(run.Start, run.End).Load()))
                    Load(partition, batch, time);
            }

            offset = runs[^1].NextOffset;
        }
    }

    private static void Load(GroupPartition partition, ReadOnlyMemory<byte> batch, TimeProvider time)
    {
        var header = RecordBatchHeader.Read(batch.Span);
        if (header.IsControl)
            return;
        foreach (var record in BatchReader.Records(batch))
        {
            if (record.Key is { } key)
                Load(partition, key, record, time);
        }
    }

    private static void Load(GroupPartition partition, ReadOnlyMemory<byte> key, LogRecord record, TimeProvider time)
    {
        switch (CoordinatorRecord.Version(key))
        {
            case 0 or OffsetCommitKey.Type:
                var offset = CoordinatorRecord.Read<OffsetCommitKey>(key);
                var value = record.Value is { } bytes ? CoordinatorRecord.Read<OffsetCommitValue>(bytes) : null;
                Group(partition, offset.Group, time).LoadOffset(new(offset.Topic, offset.Partition), value, record.Offset);
                break;
            case GroupMetadataKey.Type:
                var name = CoordinatorRecord.Read<GroupMetadataKey>(key).Group;
                if (record.Value is { } metadata)
                    Group(partition, name, time).Load(CoordinatorRecord.Read<GroupMetadataValue>(metadata));
                else
                    partition.Groups.TryRemove(name, out _);
                break;
        }
    }

    private static Group Group(GroupPartition partition, string name, TimeProvider time) =>
        partition.Groups.GetOrAdd(name, id => new Group(id, partition, time));
}
