using System.Collections.Concurrent;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Replication;

/// <summary>
/// The leader's end of an incremental fetch session with one follower (after KIP-227): the follower names only what changed, the
/// leader answers only with partitions that have something new.
/// </summary>
internal sealed class FollowerSession(int followerId, long sessionId)
{
    private const int MaxPartitionBytes = 1 << 20;
    private const int MaxResponseBytes = 16 << 20;

    private readonly Dictionary<TopicPartition, FollowerSlot> _slots = [];
    private readonly ConcurrentQueue<FollowerSlot> _ready = new();
    private readonly ConcurrentQueue<FollowerSlot> _stale = new();
    private readonly AsyncSignal _signal = new();

    public int FollowerId { get; } = followerId;

    public long SessionId { get; } = sessionId;

    /// <summary>Ends a wait: the follower has something to say.</summary>
    public void Wake() => _signal.Set();

    public void Ready(FollowerSlot slot)
    {
        _ready.Enqueue(slot);
        _signal.Set();
    }

    public void Stale(FollowerSlot slot) => _stale.Enqueue(slot);

    public async ValueTask<List<ReplicaFetchResult>> FetchAsync(
        ReplicaFetchRequest request, Func<TopicPartition, Replica?> find, TimeProvider time, CancellationToken cancel)
    {
        var results = new List<ReplicaFetchResult>();
        foreach (var partition in request.Forgotten)
            Forget(partition);
        var room = MaxResponseBytes;
        foreach (var (partition, position) in request.Positions)
            Move(partition, position, find, results, ref room);
        if (results.Count == 0 && _ready.IsEmpty)
            await _signal.WaitAsync(request.MaxWait, time, cancel);
        Drain(results, ref room);
        return results;
    }

    public void Close()
    {
        foreach (var partition in _slots.Keys.ToArray())
            Forget(partition);
    }

    private void Forget(TopicPartition partition)
    {
        if (_slots.Remove(partition, out var slot))
            slot.Replica.Forget(slot);
    }

    private void Move(
        TopicPartition partition, ReadPosition position, Func<TopicPartition, Replica?> find, List<ReplicaFetchResult> results, ref int room)
    {
        if (find(partition) is not { } replica)
        {
            Forget(partition);
            results.Add(new ReplicaFetchResult(partition, position.CurrentLeaderEpoch, new ReadOutcome(ErrorCode.UnknownTopicOrPartition)));
            return;
        }

        if (!_slots.TryGetValue(partition, out var slot) || slot.Replica != replica)
            _slots[partition] = slot = new FollowerSlot(this, replica);
        slot.Position = position;
        slot.AwaitsPosition = false;
        Read(slot, results, ref room);
    }

    private void Drain(List<ReplicaFetchResult> results, ref int room)
    {
        for (var count = _ready.Count; count > 0 && room > 0 && _ready.TryDequeue(out var slot); count--)
        {
            slot.ClearReady();
            if (IsCurrent(slot) && !slot.AwaitsPosition)
                Read(slot, results, ref room);
        }

        for (var count = _stale.Count; count > 0 && _stale.TryDequeue(out var slot); count--)
        {
            slot.ClearStale();
            if (IsCurrent(slot) && !slot.AwaitsPosition)
                Add(slot, slot.Replica.ReadAsFollower(slot, slot.Position, 0), results);
        }
    }

    private bool IsCurrent(FollowerSlot slot) => _slots.GetValueOrDefault(slot.Replica.Partition) == slot;

    private static void Read(FollowerSlot slot, List<ReplicaFetchResult> results, ref int room)
    {
        if (room <= 0)
        {
            slot.OnAppend();
            return;
        }

        var outcome = slot.Replica.ReadAsFollower(slot, slot.Position, MaxPartitionBytes);
        room -= (int)outcome.Bytes;
        if (outcome.Runs.Count > 0 || outcome.Error != ErrorCode.None || outcome.Diverging is not null)
            Add(slot, outcome, results);
    }

    private static void Add(FollowerSlot slot, ReadOutcome outcome, List<ReplicaFetchResult> results)
    {
        slot.AwaitsPosition = outcome.Runs.Count > 0 || outcome.Error != ErrorCode.None || outcome.Diverging is not null;
        results.Add(new ReplicaFetchResult(slot.Replica.Partition, slot.Position.CurrentLeaderEpoch, outcome));
    }
}
