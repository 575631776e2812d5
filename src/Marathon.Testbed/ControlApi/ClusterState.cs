using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.ControlApi;

/// <summary>What <c>GET /state</c> answers.</summary>
internal sealed record ClusterState(
    string Version,
    string BootstrapServers,
    long Seed,
    int? ControllerId,
    IReadOnlyList<BrokerState> Brokers,
    IReadOnlyList<TopicState> Topics,
    IReadOnlyList<GroupStateView> Groups,
    long LogMemoryBytes,
    long SpilledBytes,
    IReadOnlyList<TimelineEntry> Events);

/// <param name="State">running, paused or dead.</param>
/// <param name="Epoch">The broker's epoch: which of its lives.</param>
internal sealed record BrokerState(int Id, string Address, string State, int? Pid, long? Epoch, bool Fenced, int Connections);

internal sealed record TopicState(string Name, Guid Id, bool Internal, IReadOnlyList<PartitionState> Partitions);

internal sealed record PartitionState(
    int Partition, int Leader, int LeaderEpoch, IReadOnlyList<int> Isr, IReadOnlyList<int> Assigned, long? HighWatermark,
    long? LastStableOffset, IReadOnlyList<ReplicaState> Replicas);

internal sealed record ReplicaState(
    int Broker, bool IsLeader, int LeaderEpoch, long LogStartOffset, long LogEndOffset, long HighWatermark, long SizeBytes);

internal sealed record GroupStateView(string Group, string State, int Generation, int Coordinator);
