using Marathon.Testbed.Cluster;

namespace Marathon.Kafka.Tests;

/// <summary>Three brokers of the testbed in this process.</summary>
public sealed class TestbedFixture : IAsyncLifetime
{
    public TestbedCluster Cluster { get; private set; } = null!;

    public string BootstrapServers => Cluster.BootstrapServers;

    public async Task InitializeAsync() => Cluster = await TestbedCluster.StartAsync(new TestbedOptions());

    public async Task DisposeAsync() => await Cluster.DisposeAsync();
}
