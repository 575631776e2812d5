using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Testbed.Cluster;

/// <summary>How a testbed cluster is made. Defaults are those of Apache Kafka unless said otherwise.</summary>
public sealed record TestbedOptions
{
    public int Brokers { get; init; } = 3;

    /// <summary>Port of the first broker, the next ones follow; 0 takes any free ports.</summary>
    public int Port { get; init; }

    /// <summary>Serves the control API for fault injection and describes it in <c>testbed.json</c>.</summary>
    public bool WithControlApi { get; init; }

    /// <summary>Port of the control API; 0 takes any free one.</summary>
    public int ControlPort { get; init; }

    /// <summary>Where segment files and <c>testbed.json</c> go; null makes a temporary folder that is removed at the end.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Bound on the memory of all logs together; older data moves to files.</summary>
    public long MaxLogMemoryBytes { get; init; } = 1L << 30;

    /// <summary>Seed of every random choice; null draws one.</summary>
    public long? Seed { get; init; }

    /// <summary><c>num.partitions</c>: of topics that are created without a count.</summary>
    public int DefaultPartitions { get; init; } = 1;

    /// <summary><c>default.replication.factor</c>; null is three, or the number of brokers where there are fewer.</summary>
    public int? DefaultReplicationFactor { get; init; }

    /// <summary><c>min.insync.replicas</c> of topics that do not say; null is two, or one where a topic has fewer than three replicas.</summary>
    public int? MinInsyncReplicas { get; init; }

    /// <summary><c>auto.create.topics.enable</c>.</summary>
    public bool AutoCreateTopics { get; init; } = true;

    /// <summary><c>unclean.leader.election.enable</c> of topics that do not say.</summary>
    public bool UncleanLeaderElection { get; init; }

    /// <summary>A follower that lags longer leaves the in-sync replicas (Kafka's default is 30 s).</summary>
    public TimeSpan ReplicaLagTimeMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A broker that is silent for longer is fenced and loses its leaderships (Kafka's default is 9 s).</summary>
    public TimeSpan BrokerSessionTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Partitions of <c>__consumer_offsets</c> and of <c>__transaction_state</c>.</summary>
    public int InternalTopicPartitions { get; init; } = 50;

    /// <summary><c>group.initial.rebalance.delay.ms</c> (Kafka's default is 3 s; its own quick-start configuration says 0).</summary>
    public TimeSpan GroupInitialRebalanceDelay { get; init; } = TimeSpan.Zero;

    /// <summary><c>transaction.abort.timed.out.transaction.cleanup.interval.ms</c>.</summary>
    public TimeSpan TransactionAbortScanInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often retention and compaction are done (Kafka's <c>log.retention.check.interval.ms</c> is 5 min).</summary>
    public TimeSpan LogCleanupInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of requests that may be in memory before they are complete; more has to wait.</summary>
    public long MaxReceiveMemoryBytes { get; init; } = 512L << 20;

    /// <summary>Lies to tell, each <c>KIND[:rate=0.001,every=2s,max=10]</c>; the kinds are those of the verifier.</summary>
    public IReadOnlyList<string> Lies { get; init; } = [];

    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal int ReplicationFactorOrDefault => DefaultReplicationFactor ?? Math.Min(3, Brokers);
}
