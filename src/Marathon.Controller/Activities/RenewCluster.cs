using Marathon.Controller.Clusters;
using Marathon.Controller.Runs;
using Marathon.Controller.Topics;
using Marathon.Durable;

namespace Marathon.Controller.Activities;

/// <summary>
/// Renews the lease of the run's cluster and says whether it lives; before it is held nothing can be dead. On the way it looks
/// who leads the partitions.
/// </summary>
public sealed class RenewCluster(IRunStore runs, ClusterProviders providers, LeadershipSampler leadership) : Activity<RunRequest, ClusterHealth>
{
    /// <inheritdoc/>
    public override async Task<ClusterHealth> RunAsync(ActivityContext context, RunRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        if (!run.ClusterHeld)
        {
            return new ClusterHealth(true);
        }

        ClusterHealth health = await providers.For(run.Spec.Cluster).RenewAsync(run.RunId, CancellationToken.None);
        if (health.Alive)
        {
            await leadership.SampleAsync(run, CancellationToken.None);
        }

        return health;
    }
}
