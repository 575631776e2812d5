using System.Collections.Concurrent;
using Marathon.Controller.Clusters;
using Marathon.Testbed.Cluster;

namespace Marathon.EndToEnd.Tests.Matrix;

/// <summary>Clusters of the testbed in this process: real brokers on real sockets, and many of them cost little.</summary>
internal sealed class InProcessTestbed : IClusterProvider, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TestbedCluster> clusters = new();
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, long>> told = new();

    public bool Serves(string cluster) => cluster == "testbed";

    public Task CheckAsync(ClusterRequest request, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<ClusterDescription?> ProvisionAsync(ClusterRequest request, CancellationToken cancellationToken)
    {
        if (!clusters.TryGetValue(request.RunId, out TestbedCluster? cluster))
        {
            cluster = await TestbedCluster.StartAsync(
                new TestbedOptions { Brokers = request.Brokers, Seed = request.Seed, Lies = request.Lies, InternalTopicPartitions = 4 }, cancellationToken);
            clusters[request.RunId] = cluster;
        }

        return new ClusterDescription("testbed", "in process", request.Brokers, cluster.BootstrapServers);
    }

    public Task<ClusterHealth> RenewAsync(string runId, CancellationToken cancellationToken) => Task.FromResult(new ClusterHealth(clusters.ContainsKey(runId)));

    public Task<IReadOnlyDictionary<string, long>> CommittedLiesAsync(string runId, CancellationToken cancellationToken) =>
        Task.FromResult(clusters.TryGetValue(runId, out TestbedCluster? cluster) ? cluster.CommittedLies : told.GetValueOrDefault(runId, new Dictionary<string, long>()));

    public async Task ReleaseAsync(string runId, CancellationToken cancellationToken)
    {
        if (clusters.TryRemove(runId, out TestbedCluster? cluster))
        {
            told[runId] = cluster.CommittedLies;
            await cluster.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string runId in clusters.Keys)
        {
            await ReleaseAsync(runId, CancellationToken.None);
        }
    }
}
