using Marathon.Testbed.Records;

namespace Marathon.Testbed.Storage;

/// <summary>Looks records up by their timestamps.</summary>
internal sealed partial class ReplicaLog
{
    /// <summary>The first record, in offset order, that is at least so old.</summary>
    public (long Offset, long Timestamp)? FirstAtOrAfter(long timestamp)
    {
        foreach (var extent in _extents)
        {
            if (extent.Chunk.MaxTimestamp < timestamp || extent.NextOffset <= StartOffset)
                continue;
            for (var position = extent.PositionOf(StartOffset); position < extent.End;)
            {
                var header = extent.Chunk.HeaderAt(position);
                if (header.MaxTimestamp >= timestamp && In(extent, position, header, timestamp) is { } found)
                    return found;
                position += header.SizeInBytes;
            }
        }

        return null;
    }

    /// <summary>The first of the records with the greatest timestamp.</summary>
    public (long Offset, long Timestamp)? Latest()
    {
        var extents = _extents.Where(extent => extent.NextOffset > StartOffset).ToArray();
        if (extents.Length == 0)
            return null;
        long latest = long.MinValue;
        foreach (var extent in extents)
            latest = Math.Max(latest, extent.Chunk.MaxTimestamp);
        return FirstAtOrAfter(latest);
    }

    private (long Offset, long Timestamp)? In(Extent extent, int position, in RecordBatchHeader header, long timestamp)
    {
        if (header.IsLogAppendTime)
            return (Math.Max(header.BaseOffset, StartOffset), header.MaxTimestamp);
        var batch = extent.Chunk.Slice(position, position + header.SizeInBytes).Load();
        try
        {
            foreach (var record in BatchReader.Records(batch))
            {
                if (record.Timestamp >= timestamp && record.Offset >= StartOffset)
                    return (record.Offset, record.Timestamp);
            }

            return null;
        }
        catch (InvalidDataException)
        {
            // What a client wrote that does not decode: the header alone says when it was, never later than the one asked for.
            return (Math.Max(header.BaseOffset, StartOffset), header.MaxTimestamp);
        }
    }
}
