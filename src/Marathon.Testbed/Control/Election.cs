using System.Collections.Immutable;
using Marathon.Testbed.Metadata;

namespace Marathon.Testbed.Control;

/// <summary>Who leads a partition next: the first assigned replica that is in sync and alive, as in Kafka.</summary>
internal static class Election
{
    /// <summary>The partition after <paramref name="broker"/> was lost: out of the in-sync replicas unless it is the last of them.</summary>
    public static PartitionImage Without(PartitionImage partition, int broker, Func<int, bool> isAlive, bool uncleanAllowed)
    {
        var isr = partition.Isr.Contains(broker) && partition.Isr.Length > 1 ? partition.Isr.Remove(broker) : partition.Isr;
        var next = isr == partition.Isr ? partition : partition with { Isr = isr, PartitionEpoch = partition.PartitionEpoch + 1 };
        return next.Leader == broker ? Elect(next, isAlive, uncleanAllowed) : next;
    }

    /// <summary>The partition with a new leader; without one when no replica may lead.</summary>
    public static PartitionImage Elect(PartitionImage partition, Func<int, bool> isAlive, bool uncleanAllowed)
    {
        foreach (var replica in partition.Replicas)
        {
            if (partition.Isr.Contains(replica) && isAlive(replica))
                return WithLeader(partition, replica, partition.Isr);
        }

        foreach (var replica in partition.Replicas)
        {
            if (uncleanAllowed && isAlive(replica))
                return WithLeader(partition, replica, [replica]);
        }

        return WithLeader(partition, PartitionImage.NoLeader, partition.Isr);
    }

    public static PartitionImage WithLeader(PartitionImage partition, int leader, ImmutableArray<int> isr) =>
        leader == partition.Leader && isr == partition.Isr
            ? partition
            : partition with
            {
                Leader = leader,
                Isr = isr,
                LeaderEpoch = leader == partition.Leader ? partition.LeaderEpoch : partition.LeaderEpoch + 1,
                PartitionEpoch = partition.PartitionEpoch + 1,
            };

    /// <summary>True when the new leader may lack records that were acknowledged.</summary>
    public static bool IsUnclean(PartitionImage before, PartitionImage after) =>
        after.HasLeader && after.Leader != before.Leader && !before.Isr.Contains(after.Leader);
}
