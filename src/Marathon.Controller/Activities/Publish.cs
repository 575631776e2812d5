using Marathon.Controller.Bus;
using Marathon.Controller.Load;
using Marathon.Controller.Runs;
using Marathon.Controller.Workers;
using Marathon.Durable;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Activities;

/// <summary>
/// Sends a command to the attempt's living workers, side by side, and says who acknowledged. What the fleet is asked to do is
/// written down first, so that a replacement that joins meanwhile does the same.
/// </summary>
public sealed class Publish(IRunStore runs, IWorkerRegistry registry, IWorkerBus bus, WorkerCalls calls) : Activity<PublishRequest, PublishResult>
{
    /// <inheritdoc/>
    public override async Task<PublishResult> RunAsync(ActivityContext context, PublishRequest input)
    {
        RunRecord run = await runs.UpdateAsync(input.RunId, r => r with { Load = After(r.Load, input.Command) }, CancellationToken.None);
        List<(RegisteredWorker To, WorkerMessage Message)> messages = [];
        foreach ((LifeRecord life, RegisteredWorker worker) in WorkerCalls.Reachable(run, await registry.ListAsync(input.RunId, CancellationToken.None)))
        {
            if (IsFor(life, input.Command) && !input.Except.Contains(life.Worker))
            {
                messages.Add((worker, await calls.MessageAsync(run, life, input.CommandId, input.Command, input.Flush, CancellationToken.None)));
            }
        }

        IReadOnlyList<CommandOutcome> outcomes = await bus.PublishAsync(input.RunId, messages, WorkerCalls.AnswerWithin, CancellationToken.None);
        run = await runs.UpdateAsync(input.RunId, r => input.Command == WorkerCommand.Initialise ? Given(r, outcomes) : r, CancellationToken.None);
        CommandOutcome[] missing = [.. outcomes.Where(o => !o.Acknowledged && run.LifeOf(o.Worker, o.Epoch) is { EndedAt: null })];
        return new PublishResult(
            [.. input.Except, .. outcomes.Where(o => o.Acknowledged).Select(o => o.Worker)],
            [.. missing.Select(o => $"{run.LifeOf(o.Worker, o.Epoch)}: {o.Error}")],
            missing.Any(o => o.Refused));
    }

    // Who comes later gets its clients from the fleet's supervisor; until then it takes no part.
    private static bool IsFor(LifeRecord life, WorkerCommand command) => command switch
    {
        WorkerCommand.Initialise => !life.CameLater,
        WorkerCommand.Shutdown => true,
        _ => life.LoadGiven,
    };

    private static LoadState After(LoadState load, WorkerCommand command) => command switch
    {
        WorkerCommand.Initialise => load with { Phase = LoadPhase.Initialised },
        WorkerCommand.Start => load with { Phase = LoadPhase.Running },
        WorkerCommand.Stop => load with { Phase = LoadPhase.Stopped },
        WorkerCommand.Measure => load with { Measuring = true },
        WorkerCommand.PauseConsumption => load with { ConsumptionPaused = true },
        WorkerCommand.ResumeConsumption => load with { ConsumptionPaused = false },
        _ => load,
    };

    private static RunRecord Given(RunRecord run, IReadOnlyList<CommandOutcome> outcomes)
    {
        foreach (CommandOutcome outcome in outcomes.Where(o => o.Acknowledged))
        {
            run = run.LifeOf(outcome.Worker, outcome.Epoch) is { } life ? run.With(life with { LoadGiven = true, Joined = true }) : run;
        }

        return run;
    }
}
