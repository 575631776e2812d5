using Marathon.Controller.Fleets;
using Marathon.Controller.Runs;
using Marathon.Durable;

namespace Marathon.Controller.Activities;

/// <summary>Starts the attempt's workers, or adopts those that an earlier try has started.</summary>
public sealed class StartWorkers(IRunStore runs, FleetStarter fleet, TimeProvider time) : Activity<StartWorkersRequest, FleetOperation>
{
    /// <inheritdoc/>
    public override async Task<FleetOperation> RunAsync(ActivityContext context, StartWorkersRequest input)
    {
        RunRecord run = await runs.UpdateAsync(input.RunId, r => WithLives(r, input.Workers), CancellationToken.None);
        return await fleet.StartAsync(run, run.Living(), input.Workers);
    }

    private RunRecord WithLives(RunRecord run, int workers)
    {
        for (int i = 0; i < workers; i++)
        {
            string worker = $"w{i}";
            if (!run.Workers.Any(w => w.Worker == worker && w.Attempt == run.Attempt))
            {
                int epoch = (run.LifeOf(worker)?.Epoch ?? 0) + 1;
                run = run.With(new LifeRecord { Worker = worker, Index = i, Epoch = epoch, Attempt = run.Attempt, StartedAt = time.GetUtcNow() });
            }
        }

        return run;
    }
}
