using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Replication;

/// <summary>ListOffsets by time.</summary>
internal sealed partial class Replica
{
    private const long MaxTimestamp = -3;

    /// <param name="timestamp">Milliseconds since 1970, or -3 for the record with the greatest timestamp.</param>
    public ErrorCode OffsetForTime(int currentLeaderEpoch, long timestamp, bool committed, out (long Offset, long Timestamp, int Epoch)? found)
    {
        lock (_sync)
        {
            found = null;
            var error = CheckLeader(currentLeaderEpoch);
            if (error != ErrorCode.None)
                return error;
            if (_highWatermark < _leaderEpochStart)
                return ErrorCode.OffsetNotAvailable;
            var record = timestamp == MaxTimestamp ? Log.Latest() : Log.FirstAtOrAfter(timestamp);
            var end = committed ? LastStableOffset : _highWatermark;
            if (record is var (offset, time) && offset < end)
                found = (offset, time, Log.Epochs.EpochOf(offset));
            return ErrorCode.None;
        }
    }
}
