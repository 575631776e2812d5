using Marathon.Controller.Fleets;
using Marathon.Controller.Load;
using Marathon.Controller.Orchestrations;
using Marathon.Controller.Runs;
using Marathon.Controller.Workers;
using Marathon.Durable;
using Microsoft.Extensions.Logging;

namespace Marathon.Controller.Activities;

/// <summary>
/// Looks at a cell of workers: writes down which lives have ended and how, starts replacements, and adds a point to the
/// run's series. Run again after a crash it tells of the same ends again.
/// </summary>
public sealed class SummarizeFleet(
    IRunStore runs,
    IHeartbeats heartbeats,
    IWorkerRegistry registry,
    LifeJudge judge,
    IFleetProvider fleet,
    FleetStarter starter,
    TimeProvider time,
    ILogger<SummarizeFleet> logger)
    : Activity<FleetCell, FleetSummary>
{
    /// <inheritdoc/>
    public override async Task<FleetSummary> RunAsync(ActivityContext context, FleetCell input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        if (input.Cell == 0)
        {
            await heartbeats.SampleAsync(input.RunId, time.GetUtcNow() - run.CreatedAt, CancellationToken.None);
        }

        IReadOnlyList<LifeRecord> ended = await judge.EndedAsync(run, [.. run.Living().Where(l => input.Watches(l.Index))], CancellationToken.None);
        if (ended.Count > 0)
        {
            await fleet.KillAsync(input.RunId, [.. ended.Select(l => new WorkerLife(l.Worker, l.Epoch))], CancellationToken.None);
            run = await runs.UpdateAsync(input.RunId, r => ended.Aggregate(r, FleetReplacement.End), CancellationToken.None);
            Tell(ended);
        }

        run = await runs.UpdateAsync(input.RunId, r => FleetReplacement.Replace(r, time.GetUtcNow()), CancellationToken.None);
        HashSet<LifeRecord> registered = [.. WorkerCalls.Reachable(run, await registry.ListAsync(run.RunId, CancellationToken.None)).Select(r => r.Life)];
        await StartAsync(run, [.. run.Living().Where(l => l.Replaces is not null && input.Watches(l.Index) && !registered.Contains(l))]);
        IEnumerable<LifeRecord> own = run.Workers.Where(l => l.Attempt == run.Attempt && input.Watches(l.Index));
        return new FleetSummary(
            run.Living().Count(l => !l.Released),
            [.. own.Where(l => l is { EndedAt: not null, Released: false } && !input.Reported.Contains(Key(l))).Select(l => new EndedLife(Key(l), FleetReplacement.Tell(l)))],
            run.Load.Phase is LoadPhase.None
                ? []
                : [.. registered.Where(l => l is { CameLater: true, Joined: false, Released: false } && input.Watches(l.Index)).Select(l => new JoiningLife(l.Worker, l.Epoch))]);
    }

    private void Tell(IReadOnlyList<LifeRecord> ended)
    {
        foreach (LifeRecord life in ended)
        {
            ControllerTelemetry.WorkerEnded(life.End!.Value.ToString());
            logger.WorkerEnded(life.Worker, life.Epoch, life.Pid, life.End!.Value.ToString(), life.Detail);
        }
    }

    private static string Key(LifeRecord life) => $"{life.Worker}/{life.Epoch}";

    // Replacements that were written down, whether or not an earlier try got to starting them.
    private async Task StartAsync(RunRecord run, LifeRecord[] waiting)
    {
        if (waiting.Length > 0)
        {
            await starter.StartAsync(run, waiting, run.DesiredWorkers);
        }
    }
}
