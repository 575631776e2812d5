using System.Collections.Concurrent;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Marathon.Kafka.Clients;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Kafka.Admin;

/// <summary>
/// Administrative requests to a cluster. Errors that pass are tried again until the time for an answer is over; a cluster
/// that nobody answers for is told apart, within seconds, by <see cref="ClusterUnreachableException"/>.
/// </summary>
public sealed class KafkaAdmin : IDisposable
{
    /// <summary>How long a cluster that never answered may take.</summary>
    public static readonly TimeSpan DefaultReachableWithin = TimeSpan.FromSeconds(8);

    /// <summary>How long a cluster that has answered before may take, say, during an election.</summary>
    public static readonly TimeSpan DefaultAnswerWithin = TimeSpan.FromSeconds(30);

    private static readonly HashSet<ErrorCode> s_newTopic = [ErrorCode.UnknownTopicOrPart, ErrorCode.Local_UnknownTopic, ErrorCode.Local_UnknownPartition];
    private readonly ConcurrentDictionary<int, int> _apiVersions = new();
    private readonly IAdminClient _client;
    private readonly AdminCalls _calls;
    private readonly TimeProvider _clock;
    private readonly Questions _questions = new();
    private bool _isDisposed;

    /// <param name="bootstrapServers"><c>host:port,…</c></param>
    /// <param name="clientProperties">Further properties by their Kafka names.</param>
    /// <param name="logger">Where the client library's log goes.</param>
    /// <param name="clock">Time.</param>
    /// <param name="reachableWithin">See <see cref="DefaultReachableWithin"/>.</param>
    /// <param name="answerWithin">See <see cref="DefaultAnswerWithin"/>.</param>
    /// <exception cref="Configuration.SpecException">The library refuses a property.</exception>
    public KafkaAdmin(
        string bootstrapServers,
        IReadOnlyDictionary<string, string>? clientProperties = null,
        ILogger? logger = null,
        TimeProvider? clock = null,
        TimeSpan? reachableWithin = null,
        TimeSpan? answerWithin = null)
    {
        var log = logger ?? NullLogger.Instance;
        var properties = clientProperties ?? new Dictionary<string, string>();
        _clock = clock ?? TimeProvider.System;
        _calls = new AdminCalls(bootstrapServers, reachableWithin ?? DefaultReachableWithin, answerWithin ?? DefaultAnswerWithin, _clock);
        var settings = ClientProperties.Admin(bootstrapServers, properties);
        settings["debug"] = "feature";
        _client = PropertyRefusal.Make("client", properties, properties, () => new AdminClientBuilder(settings)
            .SetLogHandler((_, message) => Log(log, message))
            .SetErrorHandler((_, error) => log.ClientError("admin", error.Code, error.Reason))
            .Build());
    }

    /// <summary>Its brokers and the protocol they speak.</summary>
    public async Task<ClusterInfo> DescribeClusterAsync(CancellationToken cancellationToken)
    {
        var cluster = await _calls.CallAsync(
            "describe cluster",
            () => _client.DescribeClusterAsync(new DescribeClusterOptions { RequestTimeout = _calls.QuestionTimeout }),
            passing: null,
            cancellationToken);
        return new ClusterInfo(
            cluster.ClusterId ?? "",
            cluster.Controller is { Id: >= 0 } controller ? controller.Id : null,
            [.. cluster.Nodes.Select(node => new BrokerNode(node.Id, node.Host, node.Port)).OrderBy(broker => broker.Id)],
            new ApiVersions(_apiVersions));
    }

    /// <summary>Makes a topic. False when there is one of that name already, whatever it looks like.</summary>
    public async Task<bool> CreateTopicAsync(TopicRequest topic, CancellationToken cancellationToken)
    {
        var specification = new TopicSpecification
        {
            Name = topic.Name,
            NumPartitions = topic.Partitions,
            ReplicationFactor = checked((short)topic.Replication),
            Configs = topic.Properties.ToDictionary(),
        };
        try
        {
            await CallAsync($"create topic {topic.Name}", () => _client.CreateTopicsAsync(
                [specification],
                new CreateTopicsOptions { RequestTimeout = _calls.RequestTimeout, OperationTimeout = _calls.RequestTimeout }), null, cancellationToken);
            return true;
        }
        catch (KafkaAdminException exists) when (exists.Code == ErrorCode.TopicAlreadyExists)
        {
            return false;
        }
    }

    /// <summary>Deletes a topic. False when there is none of that name.</summary>
    public async Task<bool> DeleteTopicAsync(string topic, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync($"delete topic {topic}", () => _client.DeleteTopicsAsync(
                [topic],
                new DeleteTopicsOptions { RequestTimeout = _calls.RequestTimeout, OperationTimeout = _calls.RequestTimeout }), null, cancellationToken);
            return true;
        }
        catch (KafkaAdminException absent) when (absent.Code == ErrorCode.UnknownTopicOrPart)
        {
            return false;
        }
    }

    /// <summary>The names of its topics; those that the cluster keeps for itself too.</summary>
    public async Task<IReadOnlyList<string>> ListTopicsAsync(CancellationToken cancellationToken)
    {
        // Metadata comes from whichever broker is known; only a description says that there is a cluster at all.
        await DescribeClusterAsync(cancellationToken);
        return await _calls.CallAsync<IReadOnlyList<string>>(
            "list topics",
            async () => [.. (await _questions.AskAsync(() => _client.GetMetadata(_calls.QuestionTimeout))).Topics.Select(topic => topic.Topic)],
            passing: null,
            cancellationToken);
    }

    /// <summary>Its partitions, in order.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <param name="exists">Whether it is known to exist: a broker that knows nothing of it yet is asked again.</param>
    /// <exception cref="KafkaAdminException">No such topic, or the cluster refused.</exception>
    public async Task<IReadOnlyList<PartitionInfo>> DescribeTopicAsync(string topic, CancellationToken cancellationToken, bool exists = false)
    {
        // Not by DescribeTopics: the library asks only the broker that it takes for the controller, and its binding destroys the client
        // under whoever else uses it where nobody is in sync with a partition.
        var described = await _calls.CallAsync(
            $"describe topic {topic}",
            async () =>
            {
                var found = (await _questions.AskAsync(() => _client.GetMetadata(topic, _calls.QuestionTimeout))).Topics.Single();
                return found.Error.IsError ? throw new KafkaException(found.Error) : found;
            },
            passing: exists ? s_newTopic : null,
            cancellationToken);
        return [.. described.Partitions.OrderBy(partition => partition.PartitionId).Select(partition => new PartitionInfo(
            partition.PartitionId, partition.Leader >= 0 ? partition.Leader : null, partition.Replicas, partition.InSyncReplicas))];
    }

    /// <summary>Waits until every partition of the topic has a leader.</summary>
    /// <exception cref="KafkaAdminException">The time is over.</exception>
    public async Task WaitForLeadersAsync(string topic, int partitions, TimeSpan within, CancellationToken cancellationToken)
    {
        var started = _clock.GetTimestamp();
        while (true)
        {
            var led = await LedAsync(topic, cancellationToken);
            if (led >= partitions)
                return;
            if (_clock.GetElapsedTime(started) >= within)
            {
                throw new KafkaAdminException(
                    $"wait for leaders of topic {topic}", ErrorCode.LeaderNotAvailable, $"{led} of {partitions} partitions have a leader after {within.TotalSeconds:0.#} s");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), _clock, cancellationToken);
        }
    }

    /// <summary>Offsets of partitions, asked of their current leaders.</summary>
    public async Task<IReadOnlyDictionary<int, long>> ListOffsetsAsync(
        string topic, IEnumerable<int> partitions, OffsetAt at, CancellationToken cancellationToken)
    {
        var asked = partitions.Select(partition => new TopicPartitionOffsetSpec
        {
            TopicPartition = new TopicPartition(topic, partition),
            OffsetSpec = at == OffsetAt.Earliest ? OffsetSpec.Earliest() : OffsetSpec.Latest(),
        }).ToList();
        if (asked.Count == 0)
            return new Dictionary<int, long>();

        var isolation = at == OffsetAt.LatestStable ? IsolationLevel.ReadCommitted : IsolationLevel.ReadUncommitted;
        var listed = await _calls.CallAsync(
            $"list offsets of topic {topic}",
            () => _client.ListOffsetsAsync(asked, new ListOffsetsOptions { RequestTimeout = _calls.QuestionTimeout, IsolationLevel = isolation }),
            s_newTopic,
            cancellationToken);
        return listed.ResultInfos.ToDictionary(
            info => info.TopicPartitionOffsetError.Partition.Value,
            info => info.TopicPartitionOffsetError.Offset.Value);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
            return;

        // Whoever asked may have gone; the client cannot be destroyed under the question, which soon ends.
        _questions.Dispose();

        // On what it does not expect, the library destroys its handle and queue itself; doing that twice would end the process.
        if (!IsDestroyed())
            _client.Dispose();
    }

    private bool IsDestroyed()
    {
        try
        {
            _ = _client.Name;
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    private async Task<int> LedAsync(string topic, CancellationToken cancellationToken)
    {
        try
        {
            return (await DescribeTopicAsync(topic, cancellationToken)).Count(partition => partition.Leader is not null);
        }
        catch (KafkaAdminException notYet) when (s_newTopic.Contains(notYet.Code))
        {
            return 0;
        }
    }

    private Task<bool> CallAsync(string request, Func<Task> call, IReadOnlySet<ErrorCode>? passing, CancellationToken cancellationToken) =>
        _calls.CallAsync(request, async () => { await call(); return true; }, passing, cancellationToken);

    private void Log(ILogger logger, LogMessage message)
    {
        if (ApiVersions.TryParse(message.Message, out var key, out var version))
            _apiVersions[key] = version;
        else if (message.Level < SyslogLevel.Debug)
            logger.ClientLog("admin", message.Facility, message.Message);
    }
}
