using System.Collections.Concurrent;
using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Replication;

/// <summary>Gives each replica that follows to the fetcher of its leader's broker.</summary>
internal sealed class ReplicaFollowing(int brokerId, ClusterNetwork network, PauseGate gate, BrokerDisk disk, TimeProvider time, EventTimeline timeline, CancellationToken life)
{
    private readonly ConcurrentDictionary<int, FollowerFetcher> _fetchers = new();
    private readonly ConcurrentDictionary<TopicPartition, int> _leaders = new();
    private readonly ConcurrentBag<Task> _running = [];

    /// <summary>Complete when the broker's life has ended and with it every fetch loop.</summary>
    public async Task EndedAsync()
    {
        try
        {
            await Task.WhenAll(_running);
        }
        catch (OperationCanceledException) when (life.IsCancellationRequested)
        {
            // That is how they end.
        }
    }

    public void Update(Replica replica)
    {
        var leader = replica.IsLeader ? -1 : replica.LeaderId;
        Stop(replica.Partition);
        if (leader < 0)
            return;
        _leaders[replica.Partition] = leader;
        _fetchers.GetOrAdd(leader, Start).Follow(replica);
    }

    public void Stop(TopicPartition partition)
    {
        if (_leaders.TryRemove(partition, out var leader) && _fetchers.TryGetValue(leader, out var fetcher))
            fetcher.Unfollow(partition);
    }

    private FollowerFetcher Start(int leader)
    {
        var fetcher = new FollowerFetcher(brokerId, leader, network, gate, disk, time, timeline);
        _running.Add(Task.Run(() => fetcher.RunAsync(life), life));
        return fetcher;
    }
}
