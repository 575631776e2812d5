using Marathon.Testbed.Metadata;
using Marathon.Testbed.Replication;

namespace Marathon.Testbed.Cluster;

/// <summary>Makes a broker do what new metadata says: open and drop replicas, lead, follow, take over coordinators.</summary>
internal sealed class MetadataApplier(Broker broker, BrokerDisk disk, ReplicaFollowing following, IIsrProposals proposals)
{
    public Task EndedAsync() => following.EndedAsync();

    public void Apply(MetadataImage before, MetadataImage after)
    {
        foreach (var topic in before.Topics.Values)
        {
            if (after.Topic(topic.Name)?.Id != topic.Id)
                Drop(topic);
        }

        if (before.Version == 0)
            DropStrangers(after);
        foreach (var topic in after.Topics.Values)
        {
            var known = before.Topic(topic.Id);
            if (ReferenceEquals(known, topic))
                continue;
            foreach (var partition in topic.Partitions)
                Apply(topic, partition, known);
        }
    }

    private void Apply(TopicImage topic, PartitionImage partition, TopicImage? known)
    {
        if (ReferenceEquals(known?.Partition(partition.Index), partition) && ReferenceEquals(known!.Config, topic.Config))
            return;
        var key = new TopicPartition(topic.Name, partition.Index);
        if (!partition.Replicas.Contains(broker.Id))
        {
            Drop(key);
            return;
        }

        var replica = broker.Replicas.Find(key);
        var isNew = replica is null;
        replica ??= new Replica(key, topic.Id, disk.Open(key, topic.Id), topic.Config, broker.Id, broker.Options, proposals);
        var changed = replica.Apply(partition, topic.Config);
        if (isNew)
            broker.Replicas.Add(replica);
        if (!changed)
            return;
        following.Update(replica);
        broker.Groups.OnLeadership(replica);
        broker.Transactions.OnLeadership(replica);
    }

    private void Drop(TopicImage topic)
    {
        foreach (var partition in topic.Partitions)
            Drop(new TopicPartition(topic.Name, partition.Index));
    }

    private void Drop(TopicPartition partition)
    {
        following.Stop(partition);
        broker.Replicas.Remove(partition)?.Close();
        disk.Delete(partition);
    }

    /// <summary>Logs of topics that were deleted while this broker was dead.</summary>
    private void DropStrangers(MetadataImage image)
    {
        foreach (var (partition, topicId) in disk.Stored.ToArray())
        {
            if (image.Topic(topicId)?.Partition(partition.Partition)?.Replicas.Contains(broker.Id) != true)
                disk.Delete(partition);
        }
    }
}
