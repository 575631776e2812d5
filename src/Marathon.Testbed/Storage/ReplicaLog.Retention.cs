using Marathon.Testbed.Records;

namespace Marathon.Testbed.Storage;

/// <summary>
/// What retention removes. Kafka removes whole segments, the active one when its time is over; here batches are that small.
/// </summary>
internal sealed partial class ReplicaLog
{
    /// <summary>Where the log would start if its retention were kept now.</summary>
    /// <param name="retentionMs">Batches whose latest record is older go; negative keeps all.</param>
    /// <param name="retentionBytes">The oldest go while there is more than that; negative keeps all.</param>
    /// <param name="limitOffset">Nothing from here on goes.</param>
    public long ExpiredBefore(long nowMs, long retentionMs, long retentionBytes, long limitOffset)
    {
        var excess = retentionBytes < 0 ? -1 : BytesBetween(StartOffset, EndOffset, long.MaxValue) - retentionBytes;
        var end = StartOffset;
        foreach (var header in HeadersFrom(StartOffset))
        {
            var isTooOld = retentionMs >= 0 && header.MaxTimestamp + retentionMs < nowMs;
            if (header.NextOffset > limitOffset || (!isTooOld && excess < header.SizeInBytes))
                return end;
            excess -= header.SizeInBytes;
            end = header.NextOffset;
        }

        return end;
    }

    private IEnumerable<RecordBatchHeader> HeadersFrom(long offset)
    {
        for (var i = IndexOf(offset); i < _extents.Count; i++)
        {
            var extent = _extents[i];
            for (var position = extent.PositionOf(offset); position < extent.End;)
            {
                var header = extent.Chunk.HeaderAt(position);
                yield return header;
                position += header.SizeInBytes;
            }
        }
    }
}
