using System.Collections.Immutable;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Metadata;
using Microsoft.Extensions.Logging;

namespace Marathon.Testbed.Control;

/// <summary>
/// The cluster's controller: who is alive, which topics there are, who leads what. Its state is that of a quorum's log: it survives
/// the broker on which it is active.
/// </summary>
internal sealed partial class Controller
{
    private const int ProducerIdBlock = 1000;

    private readonly Lock _sync = new();
    private readonly TestbedOptions _options;
    private readonly EventTimeline _timeline;
    private readonly ILogger _logger;
    private readonly Random _random;
    private readonly ImmutableDictionary<string, string> _clusterDefaults;
    private readonly Dictionary<int, DateTimeOffset> _heartbeats = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MetadataImage _image;
    private long _nextBrokerEpoch = 1;
    private long _nextProducerId = 1000;

    public Controller(TestbedOptions options, EventTimeline timeline, long seed)
    {
        _options = options;
        _timeline = timeline;
        _logger = options.Logging.CreateLogger<Controller>();
        _random = new Random(seed.GetHashCode());
        var clusterId = new byte[16];
        _random.NextBytes(clusterId);
        _image = MetadataImage.Empty(Convert.ToBase64String(clusterId).TrimEnd('=').Replace('+', '-').Replace('/', '_'));
        _clusterDefaults = ImmutableDictionary<string, string>.Empty
            .Add(TopicConfigCatalog.UncleanLeaderElection, options.UncleanLeaderElection ? "true" : "false")
            .Add(TopicConfigCatalog.MinInsyncReplicas, $"{options.MinInsyncReplicas ?? (options.ReplicationFactorOrDefault >= 3 ? 2 : 1)}");
    }

    public MetadataImage Image => Volatile.Read(ref _image);

    /// <summary>Waits for metadata newer than a broker has.</summary>
    public async ValueTask<MetadataImage> NewerThanAsync(long version, CancellationToken cancel)
    {
        while (true)
        {
            Task changed;
            lock (_sync)
            {
                if (_image.Version > version)
                    return _image;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancel);
        }
    }

    public long AllocateProducerIds(out int count)
    {
        lock (_sync)
        {
            count = ProducerIdBlock;
            return (_nextProducerId += ProducerIdBlock) - ProducerIdBlock;
        }
    }

    public void OnActive(int broker)
    {
        lock (_sync)
        {
            Forgive(_options.Time.GetUtcNow());
            Publish(_image with { ControllerId = broker });
        }

        _timeline.Add(TimelineEvent.ControllerElected, null, broker, "active controller");
    }

    /// <summary>Gives every broker a whole session: the controller is new, or was itself held up, and missed their heartbeats.</summary>
    public void Forgive(DateTimeOffset now)
    {
        lock (_sync)
        {
            foreach (var id in _heartbeats.Keys.ToArray())
                _heartbeats[id] = now;
        }
    }

    /// <summary>Makes an image the current one; under the lock.</summary>
    private void Publish(MetadataImage image)
    {
        Volatile.Write(ref _image, image with { Version = _image.Version + 1 });
        _changed.SetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private MetadataImage Replace(MetadataImage image, TopicImage topic, PartitionImage before, PartitionImage after)
    {
        if (before == after)
            return image;
        Record(new TopicPartition(topic.Name, before.Index), before, after);
        var current = image.Topics[topic.Name];
        return image.With(current with { Partitions = current.Partitions.SetItem(before.Index, after) });
    }

    private void Record(TopicPartition partition, PartitionImage before, PartitionImage after)
    {
        var detail = $"leader {after.Leader}, epoch {after.LeaderEpoch}, isr [{string.Join(",", after.Isr)}]";
        if (after.Leader == before.Leader)
        {
            _timeline.Add(TimelineEvent.IsrChanged, partition, after.Leader, detail);
            return;
        }

        var kind = !after.HasLeader ? TimelineEvent.LeaderLost
            : Election.IsUnclean(before, after) ? TimelineEvent.UncleanLeaderElected
            : TimelineEvent.LeaderElected;
        _timeline.Add(kind, partition, after.Leader, detail);
        _logger.LeaderChanged(kind, partition.Topic, partition.Partition, before.Leader, after.Leader, after.LeaderEpoch);
    }
}
