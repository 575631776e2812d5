using Confluent.Kafka;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Tests.Support;

namespace Marathon.Testbed.Tests.Replication;

public sealed class FailoverTests : IAsyncLifetime
{
    private const string Topic = "records";
    private TestbedCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestbedCluster.StartAsync(new TestbedOptions
    {
        Seed = 7,
        BrokerSessionTimeout = TimeSpan.FromSeconds(1),
        ReplicaLagTimeMax = TimeSpan.FromSeconds(1),
    });

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task LeaderKilledUnderLoad_AcksAll_NothingAcknowledgedIsLostOrDoubled()
    {
        await _cluster.CreateTopicAsync(Topic, 3);
        using var producer = _cluster.Producer();
        var sending = producer.ProduceAsync(Topic, Enumerable.Range(0, 20_000));

        var killed = _cluster.LeaderOf(Topic, 0)!.Value;
        await _cluster.KillBrokerAsync(killed);
        await sending;
        await _cluster.StartBrokerAsync(killed);

        Assert.Equal(Enumerable.Range(0, 20_000), _cluster.ReadAll(Topic).Numbers().Order());
    }

    [Fact]
    public async Task LeaderKilledBeforeFollowersFetched_AcksOne_LosesAndTheOldLeaderIsCut()
    {
        await _cluster.CreateTopicAsync(Topic);
        using var producer = _cluster.Producer(config => (config.EnableIdempotence, config.Acks) = (false, Acks.Leader));
        await producer.ProduceAsync(Topic, Enumerable.Range(0, 50));
        var leader = await PauseFollowersAsync(50);
        // A fetch that was under way when the followers stopped may still bring them the first of these.
        await producer.ProduceAsync(Topic, [50]);
        await producer.ProduceAsync(Topic, Enumerable.Range(51, 100));
        await FailOverAsync(leader);

        var kept = _cluster.ReadAll(Topic).Numbers().ToArray();
        Assert.InRange(kept.Length, 50, 51);
        Assert.Equal(Enumerable.Range(0, kept.Length), kept);
        await _cluster.StartBrokerAsync(leader);
        await Eventually.TrueAsync(() => _cluster.Image().Topic(Topic)!.Partitions[0].Isr.Length == 3, "the old leader is back in sync");
        var cut = Assert.Single(_cluster.Resources.Timeline.Entries, e => e.Kind == TimelineEvent.Truncated && e.Broker == leader && e.Topic == Topic);
        Assert.Equal($"removed offsets {kept.Length} to 150", cut.Detail);
        Assert.Equal(Enumerable.Repeat((long)kept.Length, 3), EndOffsets());
    }

    [Fact]
    public async Task LeaderKilledBeforeFollowersFetched_AcksAll_HadNotAcknowledged()
    {
        await _cluster.CreateTopicAsync(Topic);
        using var producer = _cluster.Producer();
        await producer.ProduceAsync(Topic, Enumerable.Range(0, 50));
        var leader = await PauseFollowersAsync(50);

        var pending = producer.ProduceAsync(Topic, new Message<string, string> { Value = "50" });
        await Eventually.TrueAsync(() => EndOffsets().Max() == 51, "the leader has appended");
        Assert.False(pending.IsCompleted);
        await FailOverAsync(leader);
        await pending.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(Enumerable.Range(0, 51), _cluster.ReadAll(Topic).Numbers());
    }

    [Fact]
    public async Task SlowDiskOfAFollower_AcksAllWaitsForIt_AcksOneDoesNot()
    {
        await _cluster.CreateTopicAsync(Topic);
        using var patient = _cluster.Producer();
        using var hasty = _cluster.Producer(config => (config.EnableIdempotence, config.Acks) = (false, Acks.Leader));
        await patient.ProduceAsync(Topic, [0]);
        await hasty.ProduceAsync(Topic, [1]);
        var follower = Enumerable.Range(1, 3).First(broker => broker != _cluster.LeaderOf(Topic, 0));

        _cluster.SlowDisk(follower, TimeSpan.FromMinutes(10));
        var waiting = patient.ProduceAsync(Topic, new Message<string, string> { Value = "2" });
        await Eventually.TrueAsync(() => EndOffsets().Max() == 3, "the leader has appended");
        await hasty.ProduceAsync(Topic, [3]);

        // Until the follower has left the in-sync replicas, for it falls behind.
        Assert.False(waiting.IsCompleted && _cluster.Image().Topic(Topic)!.Partitions[0].Isr.Length == 3);
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.DoesNotContain(follower, _cluster.Image().Topic(Topic)!.Partitions[0].Isr);
    }

    [Fact]
    public async Task PausedFollower_LeavesTheInSyncReplicas_AndComesBack()
    {
        await _cluster.CreateTopicAsync(Topic);
        using var producer = _cluster.Producer();
        await producer.ProduceAsync(Topic, Enumerable.Range(0, 10));
        var paused = Followers(_cluster.LeaderOf(Topic, 0)!.Value)[0];
        _cluster.PauseBroker(paused);
        await producer.ProduceAsync(Topic, Enumerable.Range(10, 10));
        await Eventually.TrueAsync(() => !_cluster.Image().Topic(Topic)!.Partitions[0].Isr.Contains(paused), "the follower is out of sync");

        _cluster.ResumeBroker(paused);
        await Eventually.TrueAsync(() => _cluster.Image().Topic(Topic)!.Partitions[0].Isr.Contains(paused), "the follower is in sync");
        Assert.Equal([20L, 20L, 20L], EndOffsets());
    }

    [Fact]
    public async Task TooFewInSyncReplicas_AcksAllIsRefused_AcksOneIsNot()
    {
        await _cluster.CreateTopicAsync(Topic, configs: new() { ["min.insync.replicas"] = "3" });
        var leader = _cluster.LeaderOf(Topic, 0)!.Value;
        await _cluster.KillBrokerAsync(Followers(leader)[0]);
        await Eventually.TrueAsync(() => _cluster.Host(leader).Broker!.Replicas.Find(Topic, 0)!.View().Isr.Count == 2, "one replica is out of sync");

        using var all = _cluster.Producer(config => (config.EnableIdempotence, config.MessageSendMaxRetries) = (false, 0));
        var refused = await Assert.ThrowsAsync<ProduceException<string, string>>(
            () => all.ProduceAsync(Topic, new Message<string, string> { Value = "1" }).WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(ErrorCode.NotEnoughReplicas, refused.Error.Code);
        using var one = _cluster.Producer(config => (config.EnableIdempotence, config.Acks) = (false, Acks.Leader));
        await one.ProduceAsync(Topic, Enumerable.Range(0, 1));
    }

    [Fact]
    public async Task IsolatedLeader_IsReplaced_AndWhatItTookMeanwhileIsCut()
    {
        await _cluster.CreateTopicAsync(Topic);
        var old = _cluster.LeaderOf(Topic, 0)!.Value;
        using var producer = _cluster.Producer();
        await producer.ProduceAsync(Topic, Enumerable.Range(0, 10));
        _cluster.IsolateBroker(old);
        using var toOld = _cluster.Producer(config => (config.EnableIdempotence, config.Acks, config.BootstrapServers) =
            (false, Acks.Leader, _cluster.Host(old).Endpoint.ToString()));
        await toOld.ProduceAsync(Topic, Enumerable.Range(1000, 1));
        await Eventually.TrueAsync(() => _cluster.LeaderOf(Topic, 0) is { } now && now != old, "another leads");

        _cluster.HealBroker(old);
        await Eventually.TrueAsync(() => _cluster.Image().Topic(Topic)!.Partitions[0].Isr.Length == 3, "all are in sync");
        using var after = _cluster.Producer();
        await after.ProduceAsync(Topic, Enumerable.Range(10, 10));
        Assert.Equal(Enumerable.Range(0, 20), _cluster.ReadAll(Topic).Numbers());
    }

    [Fact]
    public async Task CoordinatorKilled_GroupKeepsItsOffsetsAndItsMembers()
    {
        await _cluster.CreateTopicAsync(Topic, 2);
        using var producer = _cluster.Producer();
        await producer.ProduceAsync(Topic, Enumerable.Range(0, 100));
        using var consumer = _cluster.Consumer("survivors");
        consumer.Subscribe(Topic);
        consumer.Read(100);
        consumer.Commit();

        var coordinator = _cluster.Hosts.Single(host => host.Broker!.Groups.All.Any(group => group.Id == "survivors")).Id;
        await _cluster.KillBrokerAsync(coordinator);
        await producer.ProduceAsync(Topic, Enumerable.Range(100, 100));
        Assert.Equal(Enumerable.Range(100, 100), consumer.Read(100).Numbers().Order());
        await Eventually.TrueAsync(() => TryCommit(consumer), "the new coordinator takes a commit");
        var committed = consumer.Committed(consumer.Assignment, TimeSpan.FromSeconds(10));
        Assert.Equal(200, committed.Sum(offset => offset.Offset.Value));
    }

    private static bool TryCommit(IConsumer<string, string> consumer)
    {
        try
        {
            consumer.Commit();
            return true;
        }
        catch (KafkaException)
        {
            consumer.Consume(TimeSpan.FromMilliseconds(50));
            return false;
        }
    }

    private async Task<int> PauseFollowersAsync(long afterOffset)
    {
        await Eventually.TrueAsync(() => EndOffsets().All(end => end == afterOffset), "followers have the first records");
        var leader = _cluster.LeaderOf(Topic, 0)!.Value;
        Followers(leader).ForEach(_cluster.PauseBroker);
        return leader;
    }

    private async Task FailOverAsync(int leader)
    {
        await _cluster.KillBrokerAsync(leader);
        Followers(leader).ForEach(_cluster.ResumeBroker);
        await Eventually.TrueAsync(() => _cluster.LeaderOf(Topic, 0) is { } now && now != leader, "another leads");
    }

    private List<int> Followers(int leader) => [.. Enumerable.Range(1, 3).Where(id => id != leader)];

    private long[] EndOffsets() =>
        [.. _cluster.Hosts.Select(host => host.Broker?.Replicas.Find(Topic, 0)?.View().LogEndOffset).OfType<long>()];
}
