using Marathon.Controller.Clusters;
using Marathon.Controller.Runs;
using Marathon.Durable;

namespace Marathon.Controller.Activities;

/// <summary>Brings up the run's cluster, or adopts it where an earlier try has; false while it does not serve yet.</summary>
public sealed class ProvisionCluster(IRunStore runs, ClusterProviders providers) : Activity<RunRequest, bool>
{
    /// <inheritdoc/>
    public override async Task<bool> RunAsync(ActivityContext context, RunRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        if (await providers.For(run.Spec.Cluster).ProvisionAsync(ClusterProviders.Request(run.RunId, run.Spec), CancellationToken.None) is not { } cluster)
        {
            return false;
        }

        await runs.UpdateAsync(input.RunId, r => r with { Cluster = cluster, ClusterHeld = true }, CancellationToken.None);
        return true;
    }
}
