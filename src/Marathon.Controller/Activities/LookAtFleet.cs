using Marathon.Controller.Fleets;
using Marathon.Controller.Load;
using Marathon.Controller.Runs;
using Marathon.Controller.Workers;
using Marathon.Durable;

namespace Marathon.Controller.Activities;

/// <summary>Says who of the attempt's workers has registered, and how many of their processes run.</summary>
public sealed class LookAtFleet(IRunStore runs, IWorkerRegistry registry, IFleetProvider fleet) : Activity<RunRequest, FleetPresence>
{
    /// <inheritdoc/>
    public override async Task<FleetPresence> RunAsync(ActivityContext context, RunRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        IReadOnlyList<WorkerInstance> instances = await fleet.ListAsync(input.RunId, CancellationToken.None);
        LifeRecord[] registered = [.. WorkerCalls.Reachable(run, await registry.ListAsync(input.RunId, CancellationToken.None)).Select(r => r.Life)];
        LifeRecord[] missing = [.. run.Living().Except(registered)];
        IEnumerable<string> ended = run.Workers
            .Where(w => w.Attempt == run.Attempt && w.EndedAt is not null)
            .Select(w => $"{w} ended: {w.Detail ?? "nothing more is known"}.");
        IEnumerable<string> late = missing.Select(w => $"{w} has not registered; its log is in the run's folder under logs.");
        return new FleetPresence(
            registered.Length, [.. missing.Select(w => w.Worker)], instances.Count(i => i.Alive), string.Join(" ", ended.Concat(late).Take(3)));
    }
}
