using Marathon.Configuration;
using Marathon.Runs;

namespace Marathon.Controller.Clusters;

/// <summary>Finds the provider of a run's cluster.</summary>
public sealed class ClusterProviders(IEnumerable<IClusterProvider> providers)
{
    /// <summary>The provider for a spec's cluster.</summary>
    /// <exception cref="SpecException">There is none.</exception>
    public IClusterProvider For(string cluster) =>
        providers.FirstOrDefault(p => p.Serves(cluster))
        ?? throw new SpecException("cluster", $"'{cluster}' is no cluster that this controller can reach", "give testbed, kafka, or bootstrap servers as host:port,host:port");

    /// <summary>What a spec asks of its provider.</summary>
    public static ClusterRequest Request(string runId, RunSpec spec) =>
        new(runId, spec.Cluster, spec.Brokers, spec.KafkaHome, spec.Seed ?? 0, spec.Lies);
}
