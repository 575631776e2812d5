using Marathon.Testbed.Storage;

namespace Marathon.Testbed.Replication;

/// <summary>What a coordinator needs of the internal topic's partition it leads.</summary>
internal sealed partial class Replica
{
    /// <summary>The log from an offset to its end, some MiB at a time; null when this broker does not lead in that epoch any more.</summary>
    public List<Extent>? ReadToEnd(long offset, int leaderEpoch)
    {
        lock (_sync)
        {
            return IsLeader && LeaderEpoch == leaderEpoch
                ? Log.Read(Math.Max(offset, Log.StartOffset), Log.EndOffset, 4 << 20, atLeastOneBatch: true)
                : null;
        }
    }
}
