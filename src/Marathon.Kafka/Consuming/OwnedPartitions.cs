using Confluent.Kafka;
using Marathon.Kafka.Threading;
using Marathon.Verification;
using Marathon.Workers.Load;

namespace Marathon.Kafka.Consuming;

/// <summary>The partitions of one topic that a consumer holds now, where it began in them, and what it has committed.</summary>
internal sealed class OwnedPartitions
{
    private readonly ConsumerChecker _checker;
    private readonly LoadClock _clock;
    private readonly int[] _handles;
    private readonly long[] _committed;

    public OwnedPartitions(TopicRef topic, ConsumerChecker checker, LoadClock clock)
    {
        (Topic, _checker, _clock) = (topic, checker, clock);
        _handles = new int[topic.Partitions];
        _committed = new long[topic.Partitions];
        Array.Fill(_handles, -1);
        Array.Fill(_committed, -1);
    }

    public TopicRef Topic { get; }

    /// <summary>Those held now, in order.</summary>
    public IEnumerable<int> Held => Enumerable.Range(0, _handles.Length).Where(partition => _handles[partition] >= 0);

    /// <summary>The checker's handle; -1 when the partition is not held.</summary>
    public int Handle(int partition) => (uint)partition < (uint)_handles.Length ? _handles[partition] : -1;

    /// <summary>The highest offset that this consumer has seen committed; -1 before the first.</summary>
    public long Committed(int partition) => _committed[partition];

    /// <summary>The commit is gone and that has been told: what is committed from now on counts.</summary>
    public void Forget(int partition) => _committed[partition] = -1;

    public void Take(int partition, long start) => _handles[partition] = _checker.Assigned(Topic.Name, Topic.Id, partition, start, Now());

    public void Release(IEnumerable<int> partitions, bool lost)
    {
        var now = Now();
        foreach (var partition in partitions.Where(partition => Handle(partition) >= 0))
        {
            if (lost)
                _checker.Lost(_handles[partition], now);
            else
                _checker.Revoked(_handles[partition], now);
            _handles[partition] = -1;
        }
    }

    /// <summary>Ends the segments; returns by partition where they end.</summary>
    public Dictionary<int, long> Cut() => Held
        .Select(partition => (Partition: partition, Next: _checker.Cut(_handles[partition])))
        .Where(cut => cut.Next >= 0)
        .ToDictionary(cut => cut.Partition, cut => cut.Next);

    /// <summary>No replacement starts below these.</summary>
    public void Confirm(IEnumerable<KeyValuePair<int, long>> offsets)
    {
        foreach (var (partition, offset) in offsets)
        {
            _committed[partition] = Math.Max(_committed[partition], offset);
            if (_handles[partition] >= 0)
                _checker.Committed(_handles[partition], offset);
        }
    }

    /// <summary>Where reading goes on.</summary>
    public TopicPartitionOffset NextOf(int partition) => new(Topic.Name, partition, _checker.NextOffset(_handles[partition]));

    private long Now()
    {
        var now = _clock.Refresh();
        return _clock.ToWall(now);
    }
}
