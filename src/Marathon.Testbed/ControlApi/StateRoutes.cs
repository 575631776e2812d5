using Marathon.Testbed.Cluster;
using Marathon.Testbed.Metadata;
using Marathon.Testbed.Replication;
using Microsoft.AspNetCore.Builder;

namespace Marathon.Testbed.ControlApi;

/// <summary><c>GET /state[?topic=NAME]</c>.</summary>
internal static class StateRoutes
{
    public static void Map(WebApplication app, TestbedCluster cluster) => app.MapGet("/state", (string? topic) => Of(cluster, topic));

    public static BrokerState Of(BrokerHost host, TestbedCluster cluster)
    {
        var known = cluster.Resources.Controller.Image.Brokers.GetValueOrDefault(host.Id);
        var broker = host.Broker;
        var state = broker is null ? "dead" : broker.Gate.IsPaused ? "paused" : "running";
        return new BrokerState(
            host.Id, host.Endpoint.ToString(), state, Environment.ProcessId, known?.Epoch, known?.Fenced ?? true, broker?.ConnectionCount ?? 0);
    }

    private static ClusterState Of(TestbedCluster cluster, string? topic)
    {
        var resources = cluster.Resources;
        var image = resources.Controller.Image;
        var brokers = cluster.Hosts.Select(host => host.Broker).OfType<Broker>().ToArray();
        var topics = image.Topics.Values.Where(each => topic is null || each.Name == topic);
        var version = typeof(ClusterState).Assembly.GetName().Version?.ToString(3) ?? "0";
        return new ClusterState(
            version,
            cluster.BootstrapServers,
            cluster.Seed,
            resources.Network.Quorum?.ActiveId,
            [.. cluster.Hosts.Select(host => Of(host, cluster))],
            [.. topics.Select(each => new TopicState(
                each.Name, each.Id, each.IsInternal, [.. each.Partitions.Select(partition => Of(each, partition, brokers))]))],
            [.. brokers.SelectMany(broker => broker.Groups.All.Select(group =>
                new GroupStateView(group.Id, group.State.ToString(), group.Generation, broker.Id)))],
            resources.Chunks.MemoryBytes,
            resources.Chunks.SpilledBytes,
            resources.Timeline.Entries);
    }

    private static PartitionState Of(TopicImage topic, PartitionImage partition, IEnumerable<Broker> brokers)
    {
        var replicas = brokers
            .Select(broker => broker.Replicas.Find(topic.Name, partition.Index))
            .OfType<Replica>()
            .Select(replica => replica.View())
            .ToArray();
        var leader = Array.Find(replicas, replica => replica.IsLeader && replica.Broker == partition.Leader);
        return new PartitionState(
            partition.Index, partition.Leader, partition.LeaderEpoch, partition.Isr, partition.Replicas,
            leader?.HighWatermark, leader?.LastStableOffset,
            [.. replicas.Select(r => new ReplicaState(
                r.Broker, r.IsLeader, r.LeaderEpoch, r.LogStartOffset, r.LogEndOffset, r.HighWatermark, r.SizeBytes))]);
    }
}
