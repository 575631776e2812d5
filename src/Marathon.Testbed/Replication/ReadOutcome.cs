using Marathon.Testbed.Protocol;
using Marathon.Testbed.Storage;

namespace Marathon.Testbed.Replication;

/// <summary>What a reader gets from one replica.</summary>
internal sealed record ReadOutcome(ErrorCode Error)
{
    public long HighWatermark { get; init; } = -1;

    public long LastStableOffset { get; init; } = -1;

    public long LogStartOffset { get; init; } = -1;

    public List<Extent> Runs { get; init; } = [];

    /// <summary>For read_committed readers; null for others.</summary>
    public List<AbortedTransaction>? Aborted { get; init; }

    /// <summary>The reader's log and this one part here: an epoch, and where it ended in this log.</summary>
    public (int Epoch, long EndOffset)? Diverging { get; init; }

    public int LeaderId { get; init; } = -1;

    public int LeaderEpoch { get; init; } = -1;

    public long Bytes => Runs.Sum(run => (long)run.Length);
}
