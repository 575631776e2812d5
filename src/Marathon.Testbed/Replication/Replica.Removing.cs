using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Replication;

/// <summary>Removal of the oldest records.</summary>
internal sealed partial class Replica
{
    /// <summary>As leader: everything below the offset is gone, for followers when they fetch next. -1 means the high watermark.</summary>
    public (ErrorCode Error, long StartOffset, bool Removed) RemoveBefore(long offset)
    {
        lock (_sync)
        {
            if (!IsLeader)
                return (ErrorCode.NotLeaderOrFollower, -1, false);
            if (offset == -1)
                offset = _highWatermark;
            if (offset < 0 || offset > _highWatermark)
                return (ErrorCode.OffsetOutOfRange, -1, false);
            var before = Log.StartOffset;
            Log.AdvanceStart(offset);
            return (ErrorCode.None, Log.StartOffset, Log.StartOffset > before);
        }
    }
}
