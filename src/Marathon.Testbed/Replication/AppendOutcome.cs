using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Replication;

/// <summary>What became of a batch at the leader.</summary>
/// <param name="IsRepeated">The batch was in the log already: a producer's retry.</param>
/// <param name="NextOffset">The high watermark must reach it before acks=all may be answered.</param>
internal readonly record struct AppendOutcome(
    ErrorCode Error, long BaseOffset = -1, long NextOffset = -1, long LogStartOffset = -1, int LeaderEpoch = -1, bool IsRepeated = false)
{
    public static AppendOutcome Failed(ErrorCode error) => new(error);
}
