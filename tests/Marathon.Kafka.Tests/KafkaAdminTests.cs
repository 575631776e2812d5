using Confluent.Kafka;
using Marathon.Configuration;
using Marathon.Kafka.Admin;

namespace Marathon.Kafka.Tests;

public sealed class KafkaAdminTests(TestbedFixture testbed) : IClassFixture<TestbedFixture>
{
    [Fact]
    public async Task DescribeCluster_LivingCluster_TellsBrokersAndProtocol()
    {
        using var admin = new KafkaAdmin(testbed.BootstrapServers);

        var cluster = await admin.DescribeClusterAsync(CancellationToken.None);

        Assert.Equal(testbed.BootstrapServers, string.Join(',', cluster.Brokers.Select(broker => $"{broker.Host}:{broker.Port}")));
        Assert.Contains(cluster.Brokers, broker => broker.Id == cluster.ControllerId);
        Assert.True(cluster.Protocol.Produce > 0 && cluster.Protocol.Fetch > 0);
    }

    [Fact]
    public async Task Topic_FromItsMakingToItsEnd()
    {
        using var admin = new KafkaAdmin(testbed.BootstrapServers);
        var request = new TopicRequest("admin-1", 3, 3, new Dictionary<string, string> { ["min.insync.replicas"] = "2" });

        Assert.True(await admin.CreateTopicAsync(request, CancellationToken.None));
        Assert.False(await admin.CreateTopicAsync(request, CancellationToken.None));
        await admin.WaitForLeadersAsync("admin-1", 3, TimeSpan.FromSeconds(30), CancellationToken.None);
        var partitions = await admin.DescribeTopicAsync("admin-1", CancellationToken.None);
        Assert.Equal([0, 1, 2], partitions.Select(partition => partition.Partition));
        Assert.All(partitions, partition => Assert.Equal(3, partition.Replicas.Count));
        foreach (var at in Enum.GetValues<OffsetAt>())
            Assert.Equal([0L, 0L, 0L], (await admin.ListOffsetsAsync("admin-1", [0, 1, 2], at, CancellationToken.None)).Values);
        Assert.True(await admin.DeleteTopicAsync("admin-1", CancellationToken.None));
        Assert.False(await admin.DeleteTopicAsync("admin-1", CancellationToken.None));
    }

    [Fact]
    public async Task CreateTopic_UnknownProperty_IsRefusedByName()
    {
        using var admin = new KafkaAdmin(testbed.BootstrapServers);

        var refusal = await Assert.ThrowsAsync<KafkaAdminException>(() => admin.CreateTopicAsync(
            new TopicRequest("admin-2", 1, 1, new Dictionary<string, string> { ["no.such.property"] = "1" }), CancellationToken.None));

        Assert.Contains("no.such.property", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitForLeaders_TopicThatIsNot_EndsAtItsDeadline()
    {
        using var admin = new KafkaAdmin(testbed.BootstrapServers);

        var late = await Assert.ThrowsAsync<KafkaAdminException>(
            () => admin.WaitForLeadersAsync("nowhere", 1, TimeSpan.FromMilliseconds(300), CancellationToken.None));

        Assert.Equal(ErrorCode.LeaderNotAvailable, late.Code);
    }

    [Fact]
    public async Task DescribeTopic_ThatIsNot_IsRefusedAndDoesNotMakeIt()
    {
        using var admin = new KafkaAdmin(testbed.BootstrapServers);

        var refusal = await Assert.ThrowsAsync<KafkaAdminException>(() => admin.DescribeTopicAsync("nowhere", CancellationToken.None));

        Assert.Equal(ErrorCode.UnknownTopicOrPart, refusal.Code);
        Assert.DoesNotContain("nowhere", await admin.ListTopicsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Dispose_WhileManyAsk_WaitsForThem()
    {
        var admin = new KafkaAdmin(testbed.BootstrapServers);
        var asking = Enumerable.Range(0, 20).Select(_ => admin.ListTopicsAsync(CancellationToken.None)).ToArray();

        admin.Dispose();
        admin.Dispose();

        // Who came too late is told; nobody takes the process with him.
        foreach (var question in asking)
        {
            if (await Record.ExceptionAsync(() => question) is { } late)
                Assert.IsType<ClusterUnreachableException>(late);
        }
    }

    [Fact]
    public async Task Unreachable_NamesTheServers()
    {
        using var admin = new KafkaAdmin("127.0.0.1:1", reachableWithin: TimeSpan.FromSeconds(1));

        var refusal = await Assert.ThrowsAsync<ClusterUnreachableException>(() => admin.DescribeClusterAsync(CancellationToken.None));

        Assert.Contains("127.0.0.1:1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Property_ThatTheLibraryDoesNotKnow_IsNamed()
    {
        var refusal = Assert.Throws<SpecException>(() => new KafkaAdmin("127.0.0.1:1", new Dictionary<string, string> { ["no.such.property"] = "1" }));

        Assert.Equal("config.client.no.such.property", refusal.Errors.Single().Field);
    }

    [Theory]
    [InlineData("  ApiKey Produce (0) Versions 0..11", 0, 11)]
    [InlineData("[thrd:main]: 127.0.0.1:1/1:   ApiKey Unknown-78? (78) Versions 1..2", 78, 2)]
    public void ApiVersions_LogLine_IsRead(string line, int key, int version)
    {
        Assert.True(ApiVersions.TryParse(line, out var foundKey, out var foundVersion));
        Assert.Equal((key, version), (foundKey, foundVersion));
    }

    [Theory]
    [InlineData(13, 18, "4.1 or newer")]
    [InlineData(11, 17, "3.9")]
    [InlineData(9, 12, "before 3.1")]
    [InlineData(-1, -1, "unknown")]
    public void ApiVersions_Release_IsThatWhichIntroducedThem(int produce, int fetch, string release) =>
        Assert.Equal(release, new ApiVersions(new Dictionary<int, int> { [0] = produce, [1] = fetch }).Release);
}
