using Marathon.Reports;
using Marathon.Verification;

namespace Marathon.Controller.Topics;

/// <summary>What the controller asks of the cluster under test.</summary>
public interface IClusterAdmin
{
    /// <summary>Whether there is a topic of that name.</summary>
    Task<bool> ExistsAsync(ClusterAddress cluster, string topic, CancellationToken cancellationToken);

    /// <summary>Makes a topic, unless there is one of that name, and waits until every partition has a leader.</summary>
    Task CreateAsync(ClusterAddress cluster, NewTopic topic, CancellationToken cancellationToken);

    /// <summary>Deletes a topic; nothing to do is fine.</summary>
    Task DeleteAsync(ClusterAddress cluster, string topic, CancellationToken cancellationToken);

    /// <summary>First offset of each partition, from 0 up.</summary>
    Task<IReadOnlyList<long>> StartOffsetsAsync(ClusterAddress cluster, string topic, int partitions, CancellationToken cancellationToken);

    /// <summary>End offset (high watermark) of each partition, from 0 up, by its current leader.</summary>
    Task<IReadOnlyList<long>> EndOffsetsAsync(ClusterAddress cluster, string topic, int partitions, CancellationToken cancellationToken);

    /// <summary>Last stable offset of each partition, from 0 up, by its current leader.</summary>
    Task<IReadOnlyList<long>> StableOffsetsAsync(ClusterAddress cluster, string topic, int partitions, CancellationToken cancellationToken);

    /// <summary>Holds ListOffsets by time against the log, at a few places; what disagrees.</summary>
    Task<IReadOnlyList<AnomalyExample>> CheckTimeIndexAsync(ClusterAddress cluster, string topic, int partitions, CancellationToken cancellationToken);

    /// <summary>What the log of a topic holds around places; of those that can be read before the time is over.</summary>
    Task<IReadOnlyList<LogExcerpt>> QuoteAsync(ClusterAddress cluster, string topic, IReadOnlyList<LogPlace> places, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LogExcerpt>>([]);

    /// <summary>Replicas in sync of one partition.</summary>
    Task<int> InSyncReplicasAsync(ClusterAddress cluster, string topic, int partition, CancellationToken cancellationToken);

    /// <summary>Who leads the topic's partitions, by partition; empty where nobody can tell.</summary>
    Task<IReadOnlyList<PartitionLeader>> LeadersAsync(ClusterAddress cluster, string topic, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PartitionLeader>>([]);

    /// <summary>Host names or addresses of the brokers; empty where nobody can tell.</summary>
    Task<IReadOnlyList<string>> BrokerHostsAsync(ClusterAddress cluster, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>How many partitions of a topic have a replica that is not in sync, or no leader.</summary>
    Task<int> UnderReplicatedPartitionsAsync(ClusterAddress cluster, string topic, CancellationToken cancellationToken);

    /// <summary>The protocol in force between our clients and the cluster.</summary>
    Task<ProtocolReport> ProtocolAsync(ClusterAddress cluster, CancellationToken cancellationToken);
}
