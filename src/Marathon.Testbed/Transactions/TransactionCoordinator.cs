using System.Collections.Concurrent;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Groups;
using Marathon.Testbed.Lies.Transactions;
using Marathon.Testbed.Metadata;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Replication;
using Microsoft.Extensions.Logging;

namespace Marathon.Testbed.Transactions;

/// <summary>
/// A broker's part as transaction coordinator: it has the transactional ids of those partitions of <c>__transaction_state</c> that it
/// leads.
/// </summary>
internal sealed partial class TransactionCoordinator
{
    private readonly Broker _broker;
    private readonly MarkerSender _markers;
    private readonly ZombieNotFenced? _zombies;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<int, TransactionPartition> _partitions = new();

    public TransactionCoordinator(Broker broker)
    {
        _broker = broker;
        _markers = new MarkerSender(broker);
        _zombies = broker.Cluster.Lies.Find<ZombieNotFenced>();
        _logger = broker.Options.Logging.CreateLogger<TransactionCoordinator>();
    }

    public IEnumerable<TransactionEntry> All =>
        _partitions.Values.Where(p => p is { IsLoaded: true, IsCurrent: true }).SelectMany(p => p.Entries.Values);

    public bool IsLoading => _partitions.Values.Any(partition => !partition.IsLoaded);

    public ErrorCode Find(string transactionalId, out TransactionPartition partition)
    {
        partition = null!;
        if (transactionalId.Length == 0)
            return ErrorCode.InvalidRequest;
        if (_broker.Image.Topic(TopicImage.TransactionState) is not { } topic)
            return ErrorCode.NotCoordinator;
        if (!_partitions.TryGetValue(JavaHash.PartitionFor(transactionalId, topic.Partitions.Length), out partition!) || !partition.IsCurrent)
            return ErrorCode.NotCoordinator;
        return partition.IsLoaded ? ErrorCode.None : ErrorCode.CoordinatorLoadInProgress;
    }

    public ErrorCode Find(string transactionalId, out TransactionEntry? entry)
    {
        entry = null;
        var error = Find(transactionalId, out TransactionPartition partition);
        if (error == ErrorCode.None)
            partition.Entries.TryGetValue(transactionalId, out entry);
        return error;
    }

    /// <summary>The broker leads, or stopped leading, a partition.</summary>
    public void OnLeadership(Replica replica)
    {
        if (replica.Partition.Topic != TopicImage.TransactionState)
            return;
        _partitions.TryRemove(replica.Partition.Partition, out _);
        if (!replica.IsLeader)
            return;
        var partition = new TransactionPartition(replica, replica.LeaderEpoch, _broker.Time);
        _partitions[partition.Index] = partition;
        _ = Task.Run(() => Load(partition));
    }

    /// <summary>Aborts transactions that are open for longer than their time-out.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(_broker.Options.TransactionAbortScanInterval, _broker.Time);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            await _broker.Gate.WaitAsync(cancel);
            var now = _broker.Time.GetUtcNow().ToUnixTimeMilliseconds();
            foreach (var entry in All)
            {
                var metadata = entry.Metadata;
                if (metadata.State == TransactionState.Ongoing && metadata.StartTimestamp + metadata.TimeoutMs < now)
                    await AbortAsync(entry, metadata.ProducerId, metadata.Epoch);
            }
        }
    }

    private void Load(TransactionPartition partition)
    {
        if (!partition.Load())
            return;
        partition.IsLoaded = true;
        if (!partition.Entries.IsEmpty)
            _logger.CoordinatorLoaded(_broker.Id, TopicImage.TransactionState, partition.Index, partition.Entries.Count);
        _broker.Cluster.Timeline.Add(
            TimelineEvent.CoordinatorLoaded, partition.Replica.Partition, _broker.Id, $"{partition.Entries.Count} transactional ids");
        foreach (var entry in partition.Entries.Values.Where(entry => entry.Metadata.IsEnding))
            _ = CompleteAsync(entry, entry.Metadata);
    }
}
