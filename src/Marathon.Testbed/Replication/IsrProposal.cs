using System.Collections.Immutable;

namespace Marathon.Testbed.Replication;

internal sealed record IsrProposal(ImmutableArray<int> Isr, int LeaderEpoch, int PartitionEpoch);
