using Marathon.Controller.Fleets;
using Marathon.Controller.Runs;
using Marathon.Controller.Workers;
using Marathon.Durable;
using Marathon.Scenarios;
using Marathon.Workers.Load;

namespace Marathon.Controller.Activities;

/// <summary>
/// Writes down how many workers there are to be and has the provider bring the fleet to that size. The provider ends nobody
/// who still works: who is to go is told by <see cref="LetGo"/>, and ended here at the last call.
/// </summary>
public sealed class ScaleFleet(
    IRunStore runs, ScenarioCatalog catalog, IFleetProvider fleet, FleetStarter starter, TimeProvider time)
    : Activity<ScaleFleetRequest, FleetOperation>
{
    private const int WorkersAtMost = 1000;

    /// <inheritdoc/>
    public override async Task<FleetOperation> RunAsync(ActivityContext context, ScaleFleetRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        Check(run, input.Workers);
        run = await runs.UpdateAsync(input.RunId, r => FleetScaling.To(r, input.Workers, time.GetUtcNow()), CancellationToken.None);
        WorkerLife[] released = [.. run.Workers.Where(l => l.Attempt == run.Attempt && l.Released).Select(l => new WorkerLife(l.Worker, l.Epoch))];
        if (input.Final && released.Length > 0)
        {
            await fleet.KillAsync(input.RunId, released, CancellationToken.None);
            run = await runs.UpdateAsync(input.RunId, End, CancellationToken.None);
        }

        return await starter.StartAsync(run, run.Living().Where(l => !l.Released && !l.Joined && l.Replaces is null), input.Workers);
    }

    // ArgumentException: trying again will not help.
    private void Check(RunRecord run, int workers)
    {
        if (workers < run.Settings.Quorum || workers > WorkersAtMost)
        {
            throw new ArgumentException($"a fleet of {workers} workers is not between the run's quorum of {run.Settings.Quorum} and {WorkersAtMost}");
        }

        WorkloadConfig config = catalog.Get(run.Spec.Scenario).Bind(run.Spec);
        if (workers < run.Spec.Workers && config is { Assignment: Assignment.Assign, Consumers: > 0 })
        {
            throw new ArgumentException(
                $"with assignment=assign each of the first {run.Spec.Workers} workers reads partitions that nobody else does: the fleet cannot have {workers}; set assignment=subscribe");
        }
    }

    private RunRecord End(RunRecord run)
    {
        foreach (LifeRecord life in run.Living().Where(l => l.Released).ToArray())
        {
            run = run.With(life with { EndedAt = time.GetUtcNow(), End = WorkerEnd.Killed, Detail = "the fleet was made smaller, and it did not go in time" });
        }

        return run;
    }
}
