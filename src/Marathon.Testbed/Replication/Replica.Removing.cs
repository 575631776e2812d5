using Marathon.Testbed.Protocol;
using Marathon.Testbed.Storage;

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
            TellFollowers();
            return (ErrorCode.None, Log.StartOffset, Log.StartOffset > before);
        }
    }

    /// <summary>Does what the topic's <c>cleanup.policy</c> says. Retention is the leader's; every replica compacts its own log.</summary>
    public void Clean()
    {
        lock (_sync)
        {
            var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
            if (_closed)
                return;
            if (_config.IsDeleted && IsLeader)
            {
                var start = Log.StartOffset;
                Log.AdvanceStart(Log.ExpiredBefore(now, _config.RetentionMs, _config.RetentionBytes, LastStableOffset));
                if (Log.StartOffset > start)
                    TellFollowers();
            }

            if (_config.IsCompacted)
                Log.Compact(CompactionPolicy.Of(_config), LastStableOffset, now);
        }
    }

    private void TellFollowers()
    {
        foreach (var slot in _slots)
            slot.OnHighWatermark();
    }
}
