using Marathon.Testbed.Cluster;
using Marathon.Testbed.Metadata;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Replication;

namespace Marathon.Testbed.Control;

/// <summary>Which brokers are alive, and what changes when one comes or goes.</summary>
internal sealed partial class Controller
{
    /// <summary>A broker starts a life; gives its epoch.</summary>
    public long Register(int broker, string host, int port)
    {
        lock (_sync)
        {
            // A broker that comes back before its old life timed out has lost that life's place all the same.
            var image = _image.IsAlive(broker) ? Lose(_image, broker) : _image;
            var epoch = _nextBrokerEpoch++;
            image = image.With(new BrokerImage(broker, host, port, epoch, Fenced: false));
            _heartbeats[broker] = _options.Time.GetUtcNow();
            Publish(ElectWhereMissing(image));
            _timeline.Add(TimelineEvent.BrokerRegistered, null, broker, $"broker epoch {epoch}");
            return epoch;
        }
    }

    /// <summary>True when the broker is (again) among the living.</summary>
    public bool Heartbeat(int broker, long epoch)
    {
        lock (_sync)
        {
            if (!_image.Brokers.TryGetValue(broker, out var known) || known.Epoch != epoch)
                return false;
            _heartbeats[broker] = _options.Time.GetUtcNow();
            if (known.Fenced)
                Publish(ElectWhereMissing(_image.With(known with { Fenced = false })));
            return true;
        }
    }

    /// <summary>Fences brokers whose session is over.</summary>
    public void CheckSessions()
    {
        lock (_sync)
        {
            var deadline = _options.Time.GetUtcNow() - _options.BrokerSessionTimeout;
            foreach (var broker in _image.AliveBrokers.Where(broker => _heartbeats[broker.Id] < deadline).ToArray())
                Fence(broker.Id, "no heartbeat");
        }
    }

    /// <summary>An orderly stop: leaderships move away at once.</summary>
    public bool Unregister(int broker, long epoch)
    {
        lock (_sync)
        {
            if (_image.IsAlive(broker) && _image.Brokers[broker].Epoch == epoch)
                Fence(broker, "controlled shutdown");
            return true;
        }
    }

    /// <summary>A leader wants other in-sync replicas. Gives the partition epoch after the change.</summary>
    public (ErrorCode Error, int PartitionEpoch) AlterPartition(int broker, TopicPartition partition, IsrProposal proposal)
    {
        lock (_sync)
        {
            if (_image.Topic(partition.Topic) is not { } topic || topic.Partition(partition.Partition) is not { } current)
                return (ErrorCode.UnknownTopicOrPartition, -1);
            if (current.Leader != broker || current.LeaderEpoch != proposal.LeaderEpoch)
                return (ErrorCode.FencedLeaderEpoch, -1);
            if (current.PartitionEpoch != proposal.PartitionEpoch)
                return (ErrorCode.InvalidUpdateVersion, -1);
            if (!proposal.Isr.Contains(broker) || proposal.Isr.Any(id => !_image.IsAlive(id)))
                return (ErrorCode.IneligibleReplica, -1);
            var next = current with { Isr = proposal.Isr, PartitionEpoch = current.PartitionEpoch + 1 };
            Publish(Replace(_image, topic, current, next));
            return (ErrorCode.None, next.PartitionEpoch);
        }
    }

    private void Fence(int broker, string why)
    {
        _timeline.Add(TimelineEvent.BrokerFenced, null, broker, why);
        _logger.BrokerFenced(broker, why);
        Publish(Lose(_image, broker));
    }

    private MetadataImage Lose(MetadataImage image, int broker)
    {
        image = image.With(image.Brokers[broker] with { Fenced = true });
        return Change(image, (topic, partition) =>
            partition.Leader == broker || partition.Isr.Contains(broker)
                ? Election.Without(partition, broker, image.IsAlive, topic.Config.UncleanLeaderElection)
                : partition);
    }

    private MetadataImage ElectWhereMissing(MetadataImage image) => Change(image, (topic, partition) =>
        partition.HasLeader ? partition : Election.Elect(partition, image.IsAlive, topic.Config.UncleanLeaderElection));

    private MetadataImage Change(MetadataImage image, Func<TopicImage, PartitionImage, PartitionImage> change)
    {
        foreach (var topic in image.Topics.Values)
        {
            foreach (var partition in topic.Partitions)
                image = Replace(image, topic, partition, change(topic, partition));
        }

        return image;
    }
}
