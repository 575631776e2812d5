using System.Collections.Immutable;

namespace Marathon.Testbed.Metadata;

/// <summary>Who has a partition, who leads it, and who is in sync.</summary>
/// <param name="PartitionEpoch">Counts every change, so that a proposal based on an older state is refused.</param>
internal sealed record PartitionImage(
    int Index, ImmutableArray<int> Replicas, ImmutableArray<int> Isr, int Leader, int LeaderEpoch, int PartitionEpoch)
{
    public const int NoLeader = -1;

    public bool HasLeader => Leader != NoLeader;
}
