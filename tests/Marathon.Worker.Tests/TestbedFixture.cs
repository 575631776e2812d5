using Marathon.Testbed.Cluster;

namespace Marathon.Worker.Tests;

/// <summary>Three brokers of the testbed in this process.</summary>
public sealed class TestbedFixture : IAsyncLifetime
{
    private TestbedCluster? _cluster;

    public string BootstrapServers => _cluster!.BootstrapServers;

    public async Task InitializeAsync() => _cluster = await TestbedCluster.StartAsync(new TestbedOptions());

    public async Task DisposeAsync() => await _cluster!.DisposeAsync();
}
