using Marathon.Controller.Clusters;
using Marathon.Controller.Runs;
using Marathon.Scenarios;

namespace Marathon.Controller.Topics;

/// <summary>Opens the way to a run's cluster, unless it is gone: then nobody waits for time-outs.</summary>
public sealed class ClusterAccess(ClusterProviders providers, ScenarioCatalog catalog)
{
    /// <summary>How to reach the run's cluster.</summary>
    /// <exception cref="ClusterGoneException">It is not held, or its processes are gone.</exception>
    public async Task<ClusterAddress> OpenAsync(RunRecord run, CancellationToken cancellationToken)
    {
        if (run.Cluster is not { } cluster || !run.ClusterHeld)
        {
            throw new ClusterGoneException("it was not brought up, or was released");
        }

        ClusterHealth health = await providers.For(run.Spec.Cluster).RenewAsync(run.RunId, cancellationToken);
        return health.Alive
            ? new ClusterAddress(cluster.BootstrapServers, catalog.Get(run.Spec.Scenario).Bind(run.Spec).ClientProperties.AsReadOnly())
            : throw new ClusterGoneException(health.Detail ?? "its provider knows no more");
    }
}
