using System.Collections.Concurrent;
using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Replication;

/// <summary>The replicas of one broker in one of its lives.</summary>
internal sealed class ReplicaSet
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<int, Replica>> _byTopic = new(StringComparer.Ordinal);

    public IEnumerable<Replica> All => _byTopic.Values.SelectMany(topic => topic.Values);

    public Replica? Find(TopicPartition partition) => Find(partition.Topic, partition.Partition);

    public Replica? Find(string topic, int partition) =>
        _byTopic.TryGetValue(topic, out var partitions) ? partitions.GetValueOrDefault(partition) : null;

    public void Add(Replica replica) =>
        _byTopic.GetOrAdd(replica.Partition.Topic, _ => new ConcurrentDictionary<int, Replica>())[replica.Partition.Partition] = replica;

    public Replica? Remove(TopicPartition partition)
    {
        if (!_byTopic.TryGetValue(partition.Topic, out var partitions) || !partitions.TryRemove(partition.Partition, out var removed))
            return null;
        if (partitions.IsEmpty)
            _byTopic.TryRemove(partition.Topic, out _);
        return removed;
    }
}
