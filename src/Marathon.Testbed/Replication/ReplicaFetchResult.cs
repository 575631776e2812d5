using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Replication;

internal sealed record ReplicaFetchResult(TopicPartition Partition, int LeaderEpoch, ReadOutcome Outcome);
