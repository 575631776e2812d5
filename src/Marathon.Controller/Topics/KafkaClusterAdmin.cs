using System.Collections.Concurrent;
using Marathon.Kafka.Admin;
using Marathon.Kafka.Rereading;
using Marathon.Reports;
using Marathon.Verification;
using Microsoft.Extensions.Logging;

namespace Marathon.Controller.Topics;

/// <summary>Asks a cluster through the Kafka protocol; one client for each cluster, kept.</summary>
public sealed class KafkaClusterAdmin(ILogger<KafkaClusterAdmin> logger) : IClusterAdmin, IDisposable
{
    private const int ProbedPartitions = 8;
    private static readonly TimeSpan LeadersWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, SharedAdmin> clients = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<bool> ExistsAsync(ClusterAddress cluster, string topic, CancellationToken cancellationToken) => AskAsync(cluster, async admin =>
    {
        try
        {
            return (await admin.DescribeTopicAsync(topic, cancellationToken)).Count > 0;
        }
        catch (KafkaAdminException absent) when (absent.Code is Confluent.Kafka.ErrorCode.UnknownTopicOrPart or Confluent.Kafka.ErrorCode.Local_UnknownTopic)
        {
            return false;
        }
    });

    /// <inheritdoc/>
    public Task CreateAsync(ClusterAddress cluster, NewTopic topic, CancellationToken cancellationToken) => AskAsync(cluster, async admin =>
    {
        await admin.CreateTopicAsync(new TopicRequest(topic.Name, topic.Partitions, topic.Replication, topic.Properties), cancellationToken);
        await admin.WaitForLeadersAsync(topic.Name, topic.Partitions, LeadersWithin, cancellationToken);
        return true;
    });

    /// <inheritdoc/>
    public Task DeleteAsync(ClusterAddress cluster, string topic, CancellationToken cancellationToken) =>
        AskAsync(cluster, admin => admin.DeleteTopicAsync(topic, cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<long>> StartOffsetsAsync(ClusterAddress cluster, string topic, int partitions, CancellationToken cancellationToken) =>
        OffsetsAsync(cluster, topic, partitions, OffsetAt.Earliest, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<long>> EndOffsetsAsync(ClusterAddress cluster, string topic, int partitions, CancellationToken cancellationToken) =>
        OffsetsAsync(cluster, topic, partitions, OffsetAt.Latest, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<long>> StableOffsetsAsync(ClusterAddress cluster, string topic, int partitions, CancellationToken cancellationToken) =>
        OffsetsAsync(cluster, topic, partitions, OffsetAt.LatestStable, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AnomalyExample>> CheckTimeIndexAsync(ClusterAddress cluster, string topic, int partitions, CancellationToken cancellationToken)
    {
        TimeIndexProbe probe = new(cluster.BootstrapServers, cluster.ClientProperties, logger);
        return await probe.CheckAsync(topic, Enumerable.Range(0, Math.Min(partitions, ProbedPartitions)), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogExcerpt>> QuoteAsync(
        ClusterAddress cluster, string topic, IReadOnlyList<LogPlace> places, CancellationToken cancellationToken) =>
        new LogQuoter(cluster.BootstrapServers, cluster.ClientProperties, logger).QuoteAsync(topic, places, cancellationToken);

    /// <inheritdoc/>
    public Task<int> InSyncReplicasAsync(ClusterAddress cluster, string topic, int partition, CancellationToken cancellationToken) =>
        AskAsync(cluster, async admin => (await admin.DescribeTopicAsync(topic, cancellationToken)).First(p => p.Partition == partition).InSync.Count);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PartitionLeader>> LeadersAsync(ClusterAddress cluster, string topic, CancellationToken cancellationToken) =>
        AskAsync(cluster, async admin => (IReadOnlyList<PartitionLeader>)
            [.. (await admin.DescribeTopicAsync(topic, cancellationToken)).Select(p => new PartitionLeader(p.Partition, p.Leader, p.InSync))]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> BrokerHostsAsync(ClusterAddress cluster, CancellationToken cancellationToken) => AskAsync(
        cluster, async admin => (IReadOnlyList<string>)[.. (await admin.DescribeClusterAsync(cancellationToken)).Brokers.Select(b => b.Host).Distinct()]);

    /// <inheritdoc/>
    public Task<int> UnderReplicatedPartitionsAsync(ClusterAddress cluster, string topic, CancellationToken cancellationToken) => AskAsync(
        cluster,
        async admin => (await admin.DescribeTopicAsync(topic, cancellationToken)).Count(p => p.Leader is null || p.InSync.Count < p.Replicas.Count));

    /// <inheritdoc/>
    public Task<ProtocolReport> ProtocolAsync(ClusterAddress cluster, CancellationToken cancellationToken) => AskAsync(cluster, async admin =>
    {
        ApiVersions protocol = (await admin.DescribeClusterAsync(cancellationToken)).Protocol;
        string transactions = $"1: the client library speaks version 1, the cluster {protocol.Transactions}";
        return new ProtocolReport(transactions, protocol.Produce < 0 ? null : protocol.Produce, protocol.Fetch < 0 ? null : protocol.Fetch);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SharedAdmin client in clients.Values)
        {
            client.Retire();
        }
    }

    private Task<IReadOnlyList<long>> OffsetsAsync(
        ClusterAddress cluster, string topic, int partitions, OffsetAt at, CancellationToken cancellationToken) => AskAsync(cluster, async admin =>
    {
        IReadOnlyDictionary<int, long> offsets = await admin.ListOffsetsAsync(topic, Enumerable.Range(0, partitions), at, cancellationToken);
        return (IReadOnlyList<long>)[.. Enumerable.Range(0, partitions).Select(p => offsets[p])];
    });

    private async Task<T> AskAsync<T>(ClusterAddress cluster, Func<KafkaAdmin, Task<T>> ask)
    {
        try
        {
            return await AskOnceAsync(cluster, ask);
        }
        catch (Exception error) when (error is ClusterUnreachableException or KafkaAdminException)
        {
            // The client library goes on asking with the leader epochs that it knows (FENCED_LEADER_EPOCH after an election),
            // and whom it takes for the controller, though that one hangs: only a new client asks anew.
        }

        try
        {
            return await AskOnceAsync(cluster, ask);
        }
        catch (Exception error) when (error is ClusterUnreachableException or KafkaAdminException)
        {
            throw new ClusterUnansweredException(error.Message, error);
        }
    }

    private async Task<T> AskOnceAsync<T>(ClusterAddress cluster, Func<KafkaAdmin, Task<T>> ask)
    {
        string key = string.Join('\n', cluster.ClientProperties.Select(p => $"{p.Key}={p.Value}").Prepend(cluster.BootstrapServers));
        SharedAdmin client;
        KafkaAdmin admin;
        do
        {
            client = clients.GetOrAdd(key, _ => new SharedAdmin(() => new KafkaAdmin(cluster.BootstrapServers, cluster.ClientProperties, logger, answerWithin: AnswerWithin)));
        }
        while (!client.TryEnter(out admin));

        try
        {
            return await ask(admin);
        }
        catch (Exception error) when (error is ClusterUnreachableException or KafkaAdminException)
        {
            clients.TryRemove(new KeyValuePair<string, SharedAdmin>(key, client));
            client.Retire();
            throw;
        }
        finally
        {
            client.Leave();
        }
    }
}
