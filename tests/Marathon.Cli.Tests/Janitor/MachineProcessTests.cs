using Marathon.Cli.Janitor;

namespace Marathon.Cli.Tests.Janitor;

public sealed class MachineProcessTests
{
    [Theory]
    [InlineData("/opt/Marathon.Worker --run r-1 --data /d --worker w0 --epoch 1", "worker w0", "r-1")]
    [InlineData("dotnet /opt/Marathon.Worker.dll --run r-1 --data /d --worker w0", "worker w0", "r-1")]
    [InlineData("/opt/Marathon.Testbed --brokers 3 --data /d/runs/r-1/cluster --lease /d/runs/r-1/cluster.lease", "testbed", "r-1")]
    [InlineData("/opt/Marathon.Cli keeper --folder /d/runs/r-1/cluster --logs /d/runs/r-1/logs", "keeper of a Kafka cluster", "r-1")]
    [InlineData("/usr/bin/java -cp x.jar kafka.Kafka /d/runs/r-1/cluster/1.properties", "Kafka broker", "r-1")]
    public void Parse_OfThisDataFolder_SaysWhatItIsAndOfWhichRun(string line, string name, string run) =>
        Assert.Equal((name, run), MachineProcess.Parse("/d", line.Split(' ')));

    [Theory]
    [InlineData("")]
    [InlineData("dotnet")]
    [InlineData("/opt/Marathon.Worker --run r-1 --data /other --worker w0")]
    [InlineData("/opt/Marathon.Worker --data /d")]
    [InlineData("/opt/Marathon.Testbed --brokers 3")]
    [InlineData("/opt/Marathon.Testbed --data /dd/runs/r-1/cluster")]
    [InlineData("/opt/Marathon.Cli run tail-read --data /d")]
    [InlineData("/opt/Marathon.Cli report r-1 --data /d")]
    [InlineData("/usr/bin/java -cp x.jar kafka.Kafka /etc/kafka/server.properties")]
    [InlineData("tail -f /d/runs/r-1/cluster/1.properties")]
    [InlineData("vi Marathon.Worker --run r-1 --data /d")]
    public void Parse_AnythingElse_IsNotOurs(string line) =>
        Assert.Null(MachineProcess.Parse("/d", line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Theory]
    [InlineData("marathon-tail-read-20260102-030405-1a2b", "tail-read-20260102-030405-1a2b")]
    [InlineData("marathon-tail-read-20260102-030405-1a2b-2", "tail-read-20260102-030405-1a2b")]
    [InlineData("marathon-tail-read-20260102-030405-1a2b-2-transformed", "tail-read-20260102-030405-1a2b")]
    [InlineData("marathon-tail-read-20260102-030405-1a2b-transformed", "tail-read-20260102-030405-1a2b")]
    [InlineData("marathon-tail-read-20260102-030405-1a2b-copy", null)]
    [InlineData("marathon-tail-read", null)]
    [InlineData("my-marathon-tail-read-20260102-030405-1a2b", null)]
    [InlineData("orders", null)]
    [InlineData("__consumer_offsets", null)]
    public void RunOf_ATopic_IsItsRunOrNone(string topic, string? run) => Assert.Equal(run, TopicLeftovers.RunOf(topic));
}
