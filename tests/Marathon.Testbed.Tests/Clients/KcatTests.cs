using Marathon.Testbed.Tests.Support;

namespace Marathon.Testbed.Tests.Clients;

public sealed class KcatTests(ThreeBrokers brokers) : IClassFixture<ThreeBrokers>
{
    [KcatFact]
    public async Task ProducedLines_AreConsumedByAssignmentAndByGroup()
    {
        await brokers.Cluster.CreateTopicAsync("lines");
        var lines = string.Concat(Enumerable.Range(0, 500).Select(i => $"line {i}\n"));
        await KcatAsync(["-P", "-t", "lines", "-X", "enable.idempotence=true"], lines);

        Assert.Equal(lines, await KcatAsync(["-C", "-t", "lines", "-o", "beginning", "-e", "-q"]));
        Assert.Equal(lines, await KcatAsync(["-G", "liners", "-X", "auto.offset.reset=earliest", "-c", "500", "-q", "lines"]));
    }

    [KcatFact]
    public async Task List_NamesBrokersAndTopics()
    {
        await brokers.Cluster.CreateTopicAsync("listed", 2);
        var listing = await KcatAsync(["-L"]);
        Assert.Contains("3 brokers:", listing, StringComparison.Ordinal);
        Assert.Contains("topic \"listed\" with 2 partitions:", listing, StringComparison.Ordinal);
    }

    private Task<string> KcatAsync(string[] arguments, string input = "") =>
        Tool.RunAsync("kcat", ["-b", brokers.Cluster.BootstrapServers, .. arguments], input);
}
