namespace Marathon.Kafka.Admin;

/// <summary>Where a partition lives.</summary>
/// <param name="Partition">From 0.</param>
/// <param name="Leader">Broker id; null while it has none.</param>
/// <param name="Replicas">Broker ids.</param>
/// <param name="InSync">Broker ids of the replicas in sync.</param>
public sealed record PartitionInfo(int Partition, int? Leader, IReadOnlyList<int> Replicas, IReadOnlyList<int> InSync);
