namespace Marathon.Scenarios.Toolkit;

/// <summary>What can be asked about a run while it goes on.</summary>
public enum Measure
{
    /// <summary>Acknowledged records as a share of what the schedule called for, 0 to 1, in the workload stage.</summary>
    OfferedLoadShare,

    /// <summary>Publish latency, 99th percentile, in seconds.</summary>
    PublishP99Seconds,

    /// <summary>End-to-end latency, 99th percentile, in seconds.</summary>
    EndToEndP99Seconds,

    /// <summary>Acknowledged records per second over the workload stage.</summary>
    AckedPerSecond,

    /// <summary>Records between the consumers' positions and the ends of their partitions.</summary>
    BacklogRecords,

    /// <summary>The same in bytes, by the records' configured size.</summary>
    BacklogBytes,

    /// <summary>Seconds from the last fault until the partitions it struck took writes again.</summary>
    RecoverySeconds,

    /// <summary>Replicas in sync of partition 0 of the run's topic.</summary>
    InSyncReplicas,

    /// <summary>Workers that the last change of the fleet's size has not yet brought up, or not yet let go.</summary>
    UnsettledWorkers,

    /// <summary>Partitions of the run's topic that have fewer replicas in sync than replicas, or no leader.</summary>
    UnderReplicatedPartitions,
}
