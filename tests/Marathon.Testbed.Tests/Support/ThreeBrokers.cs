using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Tests.Support;

/// <summary>A cluster that the tests of a class share.</summary>
public sealed class ThreeBrokers : IAsyncLifetime
{
    public TestbedCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync() => Cluster = await TestbedCluster.StartAsync(new TestbedOptions { Seed = 3 });

    public async Task DisposeAsync() => await Cluster.DisposeAsync();
}
