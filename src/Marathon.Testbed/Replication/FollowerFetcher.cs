using Marathon.Testbed.Cluster;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Replication;

/// <summary>Fetches from one leader broker for all partitions that this broker follows there.</summary>
internal sealed class FollowerFetcher(int brokerId, int leaderId, ClusterNetwork network, PauseGate gate, BrokerDisk disk, TimeProvider time, EventTimeline timeline)
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RetryBackoff = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);
    private static long _sessions;

    private readonly Dictionary<TopicPartition, Replica> _following = [];
    private readonly HashSet<TopicPartition> _moved = [];
    private readonly HashSet<TopicPartition> _refused = [];
    private readonly List<TopicPartition> _forgotten = [];
    private readonly AsyncSignal _changed = new();
    private long _sessionId = Interlocked.Increment(ref _sessions);

    public void Follow(Replica replica)
    {
        lock (_following)
        {
            _following[replica.Partition] = replica;
            _moved.Add(replica.Partition);
        }

        _changed.Set();
        _ = WakeAsync();
    }

    public void Unfollow(TopicPartition partition)
    {
        lock (_following)
        {
            if (!_following.Remove(partition))
                return;
            _moved.Remove(partition);
            _refused.Remove(partition);
            _forgotten.Add(partition);
        }
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            await gate.WaitAsync(cancel);
            if (NextRequest() is not { } request)
            {
                await _changed.WaitAsync(Timeout.InfiniteTimeSpan, time, cancel);
                continue;
            }

            try
            {
                var results = await network.CallAsync(
                    brokerId, leaderId, CallTimeout, (leader, stop) => leader.Followers.FetchAsync(request, stop), cancel);
                await gate.WaitAsync(cancel);
                if (results.Count > 0)
                    await disk.ReadyToWriteAsync(time, cancel);
                Take(results);
            }
            catch (BrokerUnreachableException)
            {
                StartOver();
                await Task.Delay(RetryBackoff, time, cancel);
            }
        }
    }

    private async Task WakeAsync()
    {
        try
        {
            await network.CallAsync(
                brokerId,
                leaderId,
                CallTimeout,
                (leader, _) =>
                {
                    leader.Followers.Wake(brokerId);
                    return ValueTask.FromResult(true);
                },
                CancellationToken.None);
        }
        catch (BrokerUnreachableException)
        {
            // The fetch itself meets the same and tries again.
        }
    }

    private ReplicaFetchRequest? NextRequest()
    {
        lock (_following)
        {
            if (_following.Count == 0 && _forgotten.Count == 0)
                return null;
            var positions = new List<(TopicPartition, ReadPosition)>(_moved.Count);
            foreach (var partition in _moved)
            {
                if (_following[partition].FetchPosition() is { } position)
                    positions.Add((partition, position));
            }

            TopicPartition[] forgotten = [.. _forgotten.Where(partition => !_following.ContainsKey(partition))];
            _moved.Clear();
            _forgotten.Clear();
            var wait = _refused.Count > 0 ? RetryBackoff : MaxWait;
            _moved.UnionWith(_refused);
            _refused.Clear();
            return new ReplicaFetchRequest(brokerId, _sessionId, positions, forgotten, wait);
        }
    }

    private void Take(List<ReplicaFetchResult> results)
    {
        foreach (var result in results)
        {
            Replica? replica;
            lock (_following)
                replica = _following.GetValueOrDefault(result.Partition);
            if (replica is null)
                continue;
            var cut = replica.TakeFetched(result.LeaderEpoch, result.Outcome);
            if (cut is var (from, to))
                timeline.Add(TimelineEvent.Truncated, result.Partition, brokerId, $"removed offsets {from} to {to - 1}");
            Remember(result);
        }
    }

    private void Remember(ReplicaFetchResult result)
    {
        var outcome = result.Outcome;
        lock (_following)
        {
            if (!_following.ContainsKey(result.Partition))
                return;
            if (outcome.Error is not (ErrorCode.None or ErrorCode.OffsetOutOfRange))
                _refused.Add(result.Partition);
            else if (outcome.Runs.Count > 0 || outcome.Diverging is not null || outcome.Error != ErrorCode.None)
                _moved.Add(result.Partition);
        }
    }

    private void StartOver()
    {
        lock (_following)
        {
            _sessionId = Interlocked.Increment(ref _sessions);
            _forgotten.Clear();
            _refused.Clear();
            _moved.UnionWith(_following.Keys);
        }
    }
}
