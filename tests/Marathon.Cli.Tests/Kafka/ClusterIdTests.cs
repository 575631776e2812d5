using Marathon.Cli.Kafka;

namespace Marathon.Cli.Tests.Kafka;

public sealed class ClusterIdTests
{
    [Fact]
    public void New_ManyTimes_IsAlwaysAnIdThatAnOptionCanTake() =>
        Assert.All(Enumerable.Range(0, 5000).Select(_ => ClusterId.New()), id => Assert.Matches("^[A-Za-z0-9_][A-Za-z0-9_-]{21}$", id));
}
