using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Replication;

/// <summary>A follower's fetch. Positions name only what is new or has moved since the last one.</summary>
/// <param name="SessionId">Counted by the follower; a new one makes the leader forget what it knew.</param>
internal sealed record ReplicaFetchRequest(
    int FollowerId,
    long SessionId,
    IReadOnlyList<(TopicPartition Partition, ReadPosition Position)> Positions,
    IReadOnlyList<TopicPartition> Forgotten,
    TimeSpan MaxWait);
