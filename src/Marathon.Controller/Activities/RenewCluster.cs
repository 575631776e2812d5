using Marathon.Controller.Clusters;
using Marathon.Controller.Runs;
using Marathon.Durable;

namespace Marathon.Controller.Activities;

/// <summary>Renews the lease of the run's cluster and says whether it lives; before it is held nothing can be dead.</summary>
public sealed class RenewCluster(IRunStore runs, ClusterProviders providers) : Activity<RunRequest, ClusterHealth>
{
    /// <inheritdoc/>
    public override async Task<ClusterHealth> RunAsync(ActivityContext context, RunRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        return run.ClusterHeld ? await providers.For(run.Spec.Cluster).RenewAsync(run.RunId, CancellationToken.None) : new ClusterHealth(true);
    }
}
