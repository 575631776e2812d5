using Marathon.Cli.Kafka;

namespace Marathon.Cli.Tests.Kafka;

public sealed class NodePropertiesTests
{
    [Theory]
    [InlineData(1, "1", "1", "1@127.0.0.1:101")]
    [InlineData(2, "2", "1", "1@127.0.0.1:101")]
    [InlineData(3, "3", "2", "1@127.0.0.1:101,2@127.0.0.1:102,3@127.0.0.1:103")]
    [InlineData(5, "3", "2", "1@127.0.0.1:101,2@127.0.0.1:102,3@127.0.0.1:103")]
    public void Render_ClusterSize_SetsReplicationAndVoters(int brokers, string replication, string minIsr, string voters)
    {
        NodeProperties[] cluster = [.. Enumerable.Range(1, brokers).Select(id => new NodeProperties(id, id, 100 + id))];

        string[] lines = cluster[^1].Render(cluster, "/data").Split(Environment.NewLine);

        Assert.Contains($"default.replication.factor={replication}", lines);
        Assert.Contains($"min.insync.replicas={minIsr}", lines);
        Assert.Contains($"controller.quorum.voters={voters}", lines);
        Assert.Contains(brokers is 1 or 3 ? "process.roles=broker,controller" : "process.roles=broker", lines);
    }
}
