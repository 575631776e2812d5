using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Replication;

/// <summary>The follower's part: take what the leader sent, cut what the leader does not have.</summary>
internal sealed partial class Replica
{
    /// <summary>Where to fetch from; null when this replica leads or has no leader.</summary>
    public ReadPosition? FetchPosition()
    {
        lock (_sync)
        {
            return IsLeader || _closed || LeaderId < 0
                ? null
                : new ReadPosition(Log.EndOffset, LeaderEpoch, Log.Epochs.Latest);
        }
    }

    /// <summary>Takes in an answer of the leader of <paramref name="leaderEpoch"/>; gives the offsets cut off, if any were.</summary>
    public (long From, long To)? TakeFetched(int leaderEpoch, ReadOutcome fetched)
    {
        lock (_sync)
        {
            if (IsLeader || _closed || LeaderEpoch != leaderEpoch)
                return null;
            if (fetched.Diverging is { } diverging)
                return Cut(CommonEnd(diverging));
            if (fetched.Error == ErrorCode.OffsetOutOfRange)
                return OutOfRange(fetched);
            if (fetched.Error != ErrorCode.None)
                return null;
            foreach (var run in fetched.Runs)
                Log.AppendAsFollower(run);
            var highWatermark = Math.Min(fetched.HighWatermark, Log.EndOffset);
            if (highWatermark > _highWatermark)
                SetHighWatermark(highWatermark);
            Log.AdvanceStart(Math.Min(fetched.LogStartOffset, _highWatermark));
            return null;
        }
    }

    private long CommonEnd((int Epoch, long EndOffset) leader)
    {
        if (leader.Epoch < 0)
            return _highWatermark;
        var own = Log.Epochs.EndOffsetFor(leader.Epoch, Log.EndOffset);
        return own.EndOffset < 0 ? leader.EndOffset : Math.Min(own.EndOffset, leader.EndOffset);
    }

    private (long From, long To)? OutOfRange(ReadOutcome leader)
    {
        if (Log.EndOffset >= leader.LogStartOffset)
            return Cut(leader.HighWatermark);
        Log.StartOver(leader.LogStartOffset);
        Volatile.Write(ref _highWatermark, leader.LogStartOffset);
        return null;
    }

    private (long From, long To)? Cut(long offset)
    {
        var end = Log.EndOffset;
        if (offset >= end)
            return null;
        Log.TruncateTo(offset);
        if (_highWatermark > Log.EndOffset)
            Volatile.Write(ref _highWatermark, Log.EndOffset);
        Log.Producers.OnHighWatermark(_highWatermark);
        return (Log.EndOffset, end);
    }
}
