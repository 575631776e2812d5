using System.Text;

namespace Marathon.Cli.Kafka;

/// <summary>Configuration of one node of a local KRaft cluster.</summary>
/// <param name="Id">Node id, from 1.</param>
/// <param name="Port">Port for clients.</param>
/// <param name="ControllerPort">Port for the quorum.</param>
internal sealed record NodeProperties(int Id, int Port, int ControllerPort)
{
    /// <summary>Where clients find it.</summary>
    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Three nodes vote; fewer than three leave it to the first, for two could not lose one either.</summary>
    public static int Voters(int nodes) => nodes < 3 ? 1 : 3;

    /// <summary>The properties file.</summary>
    /// <param name="cluster">All nodes, by id.</param>
    /// <param name="dataFolder">For its logs.</param>
    public string Render(IReadOnlyList<NodeProperties> cluster, string dataFolder)
    {
        int replication = Math.Min(3, cluster.Count);
        NodeProperties[] voters = [.. cluster.Take(Voters(cluster.Count))];
        bool votes = voters.Contains(this);
        string controllerListener = votes ? $",CONTROLLER://127.0.0.1:{ControllerPort}" : "";
        return new StringBuilder()
            .Append("process.roles=").AppendLine(votes ? "broker,controller" : "broker")
            .AppendLine($"node.id={Id}")
            .AppendLine($"listeners=PLAINTEXT://{Address}{controllerListener}")
            .AppendLine("controller.listener.names=CONTROLLER")
            .AppendLine("listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT")
            .AppendLine($"controller.quorum.voters={string.Join(',', voters.Select(v => $"{v.Id}@127.0.0.1:{v.ControllerPort}"))}")
            .AppendLine($"log.dirs={dataFolder}")
            .AppendLine($"default.replication.factor={replication}")
            .AppendLine($"min.insync.replicas={Math.Max(1, replication - 1)}")
            .AppendLine($"offsets.topic.replication.factor={replication}")
            .AppendLine($"transaction.state.log.replication.factor={replication}")
            .AppendLine($"transaction.state.log.min.isr={Math.Max(1, replication - 1)}")
            // A cluster of a few minutes on a small machine: fewer internal partitions, a smaller cleaner, no waiting for members.
            .AppendLine("offsets.topic.num.partitions=6")
            .AppendLine("transaction.state.log.num.partitions=6")
            .AppendLine("log.cleaner.dedupe.buffer.size=33554432")
            .AppendLine("group.initial.rebalance.delay.ms=0")
            // Where a topic allows an unclean election, it is not put off for minutes.
            .AppendLine("unclean.leader.election.interval.ms=1000")
            // A client that still knows a deleted topic must not bring it back.
            .AppendLine("auto.create.topics.enable=false")
            .ToString();
    }
}
