using Marathon.Controller.Clusters;
using Marathon.Controller.Fleets;
using Marathon.Controller.Runs;
using Marathon.Controller.Workers;
using Marathon.Durable;

namespace Marathon.Controller.Activities;

/// <summary>Makes sure that nothing is left running of an attempt, whatever its cleanup did. Answers what of it goes slowly.</summary>
public sealed class ReleaseRun(IRunStore runs, ClusterProviders providers, IFleetProvider fleet, LifeJudge judge, TimeProvider time)
    : Activity<RunRequest, FleetOperation>
{
    /// <inheritdoc/>
    public override async Task<FleetOperation> RunAsync(ActivityContext context, RunRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        IReadOnlyList<LifeRecord> ended = await judge.EndedAsync(run, [.. run.Living()], CancellationToken.None);
        await runs.UpdateAsync(input.RunId, r => ended.Aggregate(r, FleetReplacement.End), CancellationToken.None);
        await FleetCosts.KeepAsync(runs, fleet, run);
        FleetOperation release = await fleet.ReleaseAsync(input.RunId, CancellationToken.None);
        IClusterProvider provider = providers.For(run.Spec.Cluster);
        await KeepLiesAsync(run, provider);
        await provider.ReleaseAsync(input.RunId, CancellationToken.None);
        await runs.UpdateAsync(input.RunId, Ended, CancellationToken.None);
        return release;
    }

    // The report tells of lies after the cluster that told them is gone.
    private async Task KeepLiesAsync(RunRecord run, IClusterProvider provider)
    {
        if (run.Spec.Lies.Count > 0 && run.ClusterHeld)
        {
            IReadOnlyDictionary<string, long> lies = await provider.CommittedLiesAsync(run.RunId, CancellationToken.None);
            await runs.UpdateAsync(run.RunId, r => r with { CommittedLies = lies }, CancellationToken.None);
        }
    }

    private RunRecord Ended(RunRecord run)
    {
        foreach (LifeRecord life in run.Living().ToArray())
        {
            run = run.With(life with { EndedAt = time.GetUtcNow(), End = WorkerEnd.Killed, Detail = "ended with the attempt" });
        }

        return run with { ClusterHeld = false };
    }
}
