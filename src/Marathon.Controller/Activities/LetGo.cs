using Marathon.Controller.Bus;
using Marathon.Controller.Load;
using Marathon.Controller.Runs;
using Marathon.Controller.Workers;
using Marathon.Durable;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Activities;

/// <summary>Tells the workers that a smaller fleet does not need to hand over and go. Whether they have gone, the fleet's supervisor sees.</summary>
public sealed class LetGo(IRunStore runs, IWorkerRegistry registry, IWorkerBus bus, WorkerCalls calls) : Activity<LetGoRequest, object?>
{
    /// <inheritdoc/>
    public override async Task<object?> RunAsync(ActivityContext context, LetGoRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        List<(RegisteredWorker To, WorkerMessage Message)> messages = [];
        foreach ((LifeRecord life, RegisteredWorker worker) in WorkerCalls.Reachable(run, await registry.ListAsync(input.RunId, CancellationToken.None)))
        {
            if (life.Released)
            {
                messages.Add((worker, await calls.MessageAsync(run, life, input.CommandId, WorkerCommand.Shutdown, WorkerCalls.Flush, CancellationToken.None)));
            }
        }

        // Who does not answer in time may be handing over all the same.
        await bus.PublishAsync(input.RunId, messages, WorkerCalls.AnswerWithin, CancellationToken.None);
        return null;
    }
}
