namespace Marathon.Controller.Topics;

/// <summary>Who leads a partition.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Leader">Broker id; null where it has none.</param>
/// <param name="InSync">Brokers whose replicas are in sync.</param>
public sealed record PartitionLeader(int Partition, int? Leader, IReadOnlyList<int> InSync);
