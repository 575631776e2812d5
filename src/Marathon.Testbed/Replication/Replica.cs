using System.Collections.Immutable;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Metadata;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Storage;

namespace Marathon.Testbed.Replication;

/// <summary>One broker's replica of a partition during one life of that broker: its log, and its part as leader or follower.</summary>
internal sealed partial class Replica
{
    private readonly Lock _sync = new();
    private readonly int _brokerId;
    private readonly TimeProvider _time;
    private readonly TimeSpan _lagTimeMax;
    private readonly IIsrProposals _isrProposals;
    private readonly Dictionary<int, FollowerProgress> _followers = [];
    private readonly HashSet<IReadWaiter> _readWaiters = [];
    private readonly Queue<ReplicationWaiter> _replicationWaiters = new();
    private readonly List<FollowerSlot> _slots = [];
    private TopicConfig _config;
    private int _partitionEpoch = -1;
    private ImmutableArray<int> _isr = [];
    private ImmutableArray<int> _replicas = [];
    private IsrProposal? _proposed;
    private long _highWatermark;
    private long _leaderEpochStart;
    private bool _closed;

    public Replica(
        TopicPartition partition, Guid topicId, ReplicaLog log, TopicConfig config, int brokerId, TestbedOptions options, IIsrProposals isrProposals)
    {
        Partition = partition;
        TopicId = topicId;
        Log = log;
        _config = config;
        _brokerId = brokerId;
        _time = options.Time;
        _lagTimeMax = options.ReplicaLagTimeMax;
        _isrProposals = isrProposals;
        _highWatermark = Math.Clamp(log.HighWatermarkCheckpoint, log.StartOffset, log.EndOffset);
        log.RebuildProducers();
        log.Producers.OnHighWatermark(_highWatermark);
    }

    private readonly record struct ReplicationWaiter(long NextOffset, TaskCompletionSource<ErrorCode> Done);

    public TopicPartition Partition { get; }

    public Guid TopicId { get; }

    public TopicConfig Config => Volatile.Read(ref _config);

    public bool IsLeader { get; private set; }

    public int LeaderId { get; private set; } = PartitionImage.NoLeader;

    public int LeaderEpoch { get; private set; } = -1;

    public long HighWatermark => Volatile.Read(ref _highWatermark);

    /// <summary>The log; only under the replica's lock, or where nobody else has the replica yet.</summary>
    private ReplicaLog Log { get; }

    /// <summary>Takes in what the controller says. True when the leader or its epoch is another one than before.</summary>
    public bool Apply(PartitionImage image, TopicConfig config)
    {
        lock (_sync)
        {
            Volatile.Write(ref _config, config);
            if (_closed || image.PartitionEpoch < _partitionEpoch)
                return false;
            _replicas = image.Replicas;
            var newEpoch = image.LeaderEpoch > LeaderEpoch;
            if (image.PartitionEpoch > _partitionEpoch)
                (_partitionEpoch, _isr, _proposed) = (image.PartitionEpoch, image.Isr, null);
            if (newEpoch)
                ChangeRole(image);
            if (IsLeader)
                AdvanceHighWatermark();
            return newEpoch;
        }
    }

    public ReplicaView View()
    {
        lock (_sync)
        {
            return new ReplicaView(
                _brokerId, IsLeader, LeaderId, LeaderEpoch, Log.StartOffset, Log.EndOffset, _highWatermark,
                LastStableOffset, [.. _isr], Log.SizeBytes);
        }
    }

    /// <summary>Everything that waits here is let go: the broker ends, or the partition is gone.</summary>
    public void Close()
    {
        lock (_sync)
        {
            _closed = true;
            IsLeader = false;
            ReleaseWaiters(ErrorCode.NotLeaderOrFollower);
            _slots.Clear();
        }
    }

    public void Checkpoint()
    {
        lock (_sync)
            Log.HighWatermarkCheckpoint = _highWatermark;
    }

    private void ChangeRole(PartitionImage image)
    {
        LeaderEpoch = image.LeaderEpoch;
        LeaderId = image.Leader;
        IsLeader = image.Leader == _brokerId;
        ReleaseWaiters(ErrorCode.NotLeaderOrFollower);
        _slots.Clear();
        if (!IsLeader)
            return;
        _leaderEpochStart = Log.EndOffset;
        Log.Epochs.Assign(LeaderEpoch, Log.EndOffset);
        _followers.Clear();
    }

    private void ReleaseWaiters(ErrorCode error)
    {
        while (_replicationWaiters.TryDequeue(out var waiter))
            waiter.Done.TrySetResult(error);
        SignalReaders();
    }

    private void SignalReaders()
    {
        foreach (var waiter in _readWaiters)
            waiter.Signal();
    }

    private ErrorCode CheckLeader(int currentLeaderEpoch)
    {
        if (currentLeaderEpoch >= 0 && currentLeaderEpoch != LeaderEpoch)
            return currentLeaderEpoch < LeaderEpoch ? ErrorCode.FencedLeaderEpoch : ErrorCode.UnknownLeaderEpoch;
        return IsLeader ? ErrorCode.None : ErrorCode.NotLeaderOrFollower;
    }
}
