using Marathon.Controller.Clusters;
using Marathon.Controller.Runs;
using Marathon.Durable;

namespace Marathon.Controller.Activities;

/// <summary>Brings up the run's cluster, or adopts it where an earlier try has.</summary>
public sealed class ProvisionCluster(IRunStore runs, ClusterProviders providers) : Activity<RunRequest, object?>
{
    /// <inheritdoc/>
    public override async Task<object?> RunAsync(ActivityContext context, RunRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        ClusterDescription cluster = await providers.For(run.Spec.Cluster).ProvisionAsync(ClusterProviders.Request(run.RunId, run.Spec), CancellationToken.None);
        await runs.UpdateAsync(input.RunId, r => r with { Cluster = cluster, ClusterHeld = true }, CancellationToken.None);
        return null;
    }
}
