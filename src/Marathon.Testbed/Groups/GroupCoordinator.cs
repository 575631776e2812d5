using System.Collections.Concurrent;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Metadata;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Replication;
using Microsoft.Extensions.Logging;

namespace Marathon.Testbed.Groups;

/// <summary>
/// A broker's part as group coordinator: it has the groups of those partitions of <c>__consumer_offsets</c> that it leads. Their
/// state is in the log, so that another broker can go on.
/// </summary>
internal sealed class GroupCoordinator(Broker broker)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<int, GroupPartition> _partitions = new();
    private readonly ILogger _logger = broker.Options.Logging.CreateLogger<GroupCoordinator>();

    public IEnumerable<Group> All => _partitions.Values.Where(p => p is { IsLoaded: true, IsCurrent: true }).SelectMany(p => p.Groups.Values);

    public bool IsLoading => _partitions.Values.Any(partition => !partition.IsLoaded);

    public static int PartitionFor(string group, TopicImage topic) => JavaHash.PartitionFor(group, topic.Partitions.Length);

    /// <summary>The group's place here, or why it is not here.</summary>
    public ErrorCode Find(string group, out GroupPartition partition)
    {
        partition = null!;
        if (broker.Image.Topic(TopicImage.ConsumerOffsets) is not { } topic)
            return ErrorCode.NotCoordinator;
        if (!_partitions.TryGetValue(PartitionFor(group, topic), out partition!) || !partition.IsCurrent)
            return ErrorCode.NotCoordinator;
        return partition.IsLoaded ? ErrorCode.None : ErrorCode.CoordinatorLoadInProgress;
    }

    /// <summary>The group, if there is one.</summary>
    public ErrorCode Find(string group, out Group? found)
    {
        found = null;
        var error = Find(group, out GroupPartition partition);
        if (error == ErrorCode.None)
            partition.Groups.TryGetValue(group, out found);
        return error;
    }

    public ErrorCode FindOrCreate(string group, out Group found)
    {
        found = null!;
        if (group.Length == 0)
            return ErrorCode.InvalidGroupId;
        var error = Find(group, out GroupPartition partition);
        if (error == ErrorCode.None)
            found = partition.Groups.GetOrAdd(group, id => new Group(id, partition, broker.Time) { InitialDelay = broker.Options.GroupInitialRebalanceDelay });
        return error;
    }

    /// <summary>The broker leads, or stopped leading, a partition.</summary>
    public void OnLeadership(Replica replica)
    {
        if (replica.Partition.Topic != TopicImage.ConsumerOffsets)
            return;
        if (_partitions.TryRemove(replica.Partition.Partition, out var left))
            Unload(left);
        if (!replica.IsLeader)
            return;
        var partition = new GroupPartition(replica, replica.LeaderEpoch);
        _partitions[partition.Index] = partition;
        _ = Task.Run(() => Load(partition));
    }

    /// <summary>Lets the time pass for all groups: sessions end, rebalances time out.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Tick, broker.Time);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            await broker.Gate.WaitAsync(cancel);
            foreach (var group in All)
                group.OnTick();
        }
    }

    /// <summary>A transaction's marker is in the log of a partition.</summary>
    public void EndTransaction(int partition, int leaderEpoch, long producerId, bool committed)
    {
        if (_partitions.TryGetValue(partition, out var found) && found.LeaderEpoch == leaderEpoch)
            found.EndTransaction(producerId, committed);
    }

    private void Load(GroupPartition partition)
    {
        if (!new GroupLoader(partition, broker.Time).Load())
            return;
        partition.IsLoaded = true;
        foreach (var group in partition.Groups.Values)
            group.OnLoaded(broker.Options.GroupInitialRebalanceDelay);
        if (!partition.Groups.IsEmpty)
            _logger.CoordinatorLoaded(broker.Id, TopicImage.ConsumerOffsets, partition.Index, partition.Groups.Count);
        broker.Cluster.Timeline.Add(
            TimelineEvent.CoordinatorLoaded, partition.Replica.Partition, broker.Id, $"{partition.Groups.Count} groups");
    }

    private static void Unload(GroupPartition partition)
    {
        foreach (var group in partition.Groups.Values)
            group.Resign();
    }
}
