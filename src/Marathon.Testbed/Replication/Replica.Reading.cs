using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Replication;

/// <summary>What consumers see: nothing above the high watermark, or above the last stable offset where they ask for committed only.</summary>
internal sealed partial class Replica
{
    /// <param name="beyondStable">For a lie: what a reader of committed records gets does not end at the last stable offset.</param>
    public ReadOutcome Read(ReadPosition position, int maxBytes, bool atLeastOneBatch, bool committed, bool beyondStable = false)
    {
        lock (_sync)
        {
            var limit = committed && !beyondStable ? LastStableOffset : _highWatermark;
            return ReadLocked(position, limit, maxBytes, atLeastOneBatch, committed);
        }
    }

    public void AddReader(IReadWaiter waiter)
    {
        lock (_sync)
            _readWaiters.Add(waiter);
    }

    public void RemoveReader(IReadWaiter waiter)
    {
        lock (_sync)
            _readWaiters.Remove(waiter);
    }

    /// <summary>The end of what a client may read. OFFSET_NOT_AVAILABLE while a new leader does not know it yet (KIP-207).</summary>
    public ErrorCode EndOffset(int currentLeaderEpoch, bool committed, out long offset, out int epoch)
    {
        lock (_sync)
        {
            offset = committed ? LastStableOffset : _highWatermark;
            epoch = Log.Epochs.EpochOf(Math.Max(offset - 1, Log.StartOffset));
            var error = CheckLeader(currentLeaderEpoch);
            if (error != ErrorCode.None)
                return error;
            return _highWatermark < _leaderEpochStart ? ErrorCode.OffsetNotAvailable : ErrorCode.None;
        }
    }

    public ErrorCode StartOffset(int currentLeaderEpoch, out long offset, out int epoch)
    {
        lock (_sync)
        {
            offset = Log.StartOffset;
            epoch = Log.Epochs.EpochOf(offset);
            return CheckLeader(currentLeaderEpoch);
        }
    }

    public ErrorCode OffsetForEpoch(int currentLeaderEpoch, int epoch, out (int Epoch, long EndOffset) end)
    {
        lock (_sync)
        {
            end = (-1, -1);
            var error = CheckLeader(currentLeaderEpoch);
            if (error == ErrorCode.None)
                end = Log.Epochs.EndOffsetFor(epoch, Log.EndOffset);
            return error;
        }
    }

    private ReadOutcome ReadLocked(ReadPosition position, long limit, int maxBytes, bool atLeastOneBatch, bool committed)
    {
        var error = _closed ? ErrorCode.NotLeaderOrFollower : CheckLeader(position.CurrentLeaderEpoch);
        if (error != ErrorCode.None)
            return new ReadOutcome(error) { LeaderId = LeaderId, LeaderEpoch = LeaderEpoch };
        var outcome = new ReadOutcome(ErrorCode.None)
        {
            HighWatermark = _highWatermark,
            LastStableOffset = LastStableOffset,
            LogStartOffset = Log.StartOffset,
            LeaderId = LeaderId,
            LeaderEpoch = LeaderEpoch,
        };
        if (position.LastFetchedEpoch >= 0)
        {
            var end = Log.Epochs.EndOffsetFor(position.LastFetchedEpoch, Log.EndOffset);
            if (end.EndOffset < 0)
                return outcome with { Error = ErrorCode.OffsetOutOfRange };
            if (end.Epoch < position.LastFetchedEpoch || end.EndOffset < position.Offset)
                return outcome with { Diverging = end };
        }

        if (position.Offset < Log.StartOffset || position.Offset > Log.EndOffset)
            return outcome with { Error = ErrorCode.OffsetOutOfRange };
        var runs = maxBytes > 0 || atLeastOneBatch ? Log.Read(position.Offset, limit, Math.Max(maxBytes, 1), atLeastOneBatch) : [];
        return outcome with
        {
            Runs = runs,
            Aborted = committed ? Log.AbortedBetween(position.Offset, runs.Count == 0 ? limit : runs[^1].NextOffset) : null,
        };
    }
}
