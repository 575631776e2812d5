using System.Collections.Concurrent;
using Marathon.Testbed.Coordination;
using Marathon.Testbed.Replication;

namespace Marathon.Testbed.Groups;

/// <summary>The groups of one partition of <c>__consumer_offsets</c>.</summary>
internal sealed class GroupPartition(Replica replica, int leaderEpoch) : CoordinatorPartition(replica, leaderEpoch)
{
    public ConcurrentDictionary<string, Group> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>A transaction ended: its offsets count, or never did.</summary>
    public void EndTransaction(long producerId, bool committed)
    {
        foreach (var group in Groups.Values)
            group.EndTransaction(producerId, committed);
    }
}
