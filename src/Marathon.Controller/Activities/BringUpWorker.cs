using System.Security.Cryptography;
using System.Text;
using Marathon.Controller.Bus;
using Marathon.Controller.Load;
using Marathon.Controller.Runs;
using Marathon.Controller.Workers;
using Marathon.Durable;
using Marathon.Workers;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Activities;

/// <summary>
/// Makes a replacement do what the rest of the fleet does. Its clients come first; from then on broadcasts reach it too, so
/// what it missed before is read only afterwards. Whatever it does not acknowledge is tried again at the next look.
/// </summary>
public sealed class BringUpWorker(IRunStore runs, IWorkerRegistry registry, IHeartbeats heartbeats, IWorkerBus bus, WorkerCalls calls)
    : Activity<BringUpRequest, bool>
{
    /// <inheritdoc/>
    public override async Task<bool> RunAsync(ActivityContext context, BringUpRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        (LifeRecord Life, RegisteredWorker Worker) found = WorkerCalls.Reachable(run, await registry.ListAsync(input.RunId, CancellationToken.None))
            .FirstOrDefault(r => r.Life.Worker == input.Worker && r.Life.Epoch == input.Epoch);
        if (found.Life is null || !(await HasClientsAsync(input) || await SendAsync(run, found.Life, found.Worker, WorkerCommand.Initialise)))
        {
            return false;
        }

        run = await runs.UpdateAsync(input.RunId, r => Change(r, input, life => life with { LoadGiven = true }), CancellationToken.None);
        foreach (WorkerCommand command in Missed(run.Load))
        {
            if (!await SendAsync(run, found.Life, found.Worker, command))
            {
                return false;
            }
        }

        await runs.UpdateAsync(input.RunId, r => Change(r, input, life => life with { Joined = true }), CancellationToken.None);
        return true;
    }

    private static IEnumerable<WorkerCommand> Missed(LoadState load)
    {
        if (load.Measuring)
        {
            yield return WorkerCommand.Measure;
        }

        yield return WorkerCommand.Throughput;
        if (load.Phase is LoadPhase.Running or LoadPhase.Stopped)
        {
            yield return WorkerCommand.Start;
        }

        if (load.Phase == LoadPhase.Stopped)
        {
            // Nothing is to be sent any more (its rate is 0), but its share is still to be read.
            yield return WorkerCommand.Stop;
        }

        if (load.ConsumptionPaused)
        {
            yield return WorkerCommand.PauseConsumption;
        }
    }

    private static RunRecord Change(RunRecord run, BringUpRequest input, Func<LifeRecord, LifeRecord> change) =>
        run.LifeOf(input.Worker, input.Epoch) is { } life ? run.With(change(life)) : run;

    // An earlier try may have got through without our hearing the answer.
    private async Task<bool> HasClientsAsync(BringUpRequest input) => (await heartbeats.ListAsync(input.RunId, CancellationToken.None))
        .Any(r => r.Worker == input.Worker && r.Heartbeat.Epoch == input.Epoch && r.Heartbeat.Phase is (WorkerPhase.Ready or WorkerPhase.Running));

    private async Task<bool> SendAsync(RunRecord run, LifeRecord life, RegisteredWorker worker, WorkerCommand command)
    {
        WorkerMessage message = await calls.MessageAsync(run, life, $"{run.RunId}-{life.Worker}-{life.Epoch}-{command}", command, WorkerCalls.Flush, CancellationToken.None);

        // One id asks for one thing: rate and predecessor's evidence may have changed since an earlier try.
        string content = message.Body is { } body ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(body.GetRawText())))[..8] : "";
        message = message with { CommandId = $"{message.CommandId}-{content}" };
        return (await bus.SendAsync(run.RunId, worker, message, WorkerCalls.AnswerWithin, CancellationToken.None)).Acknowledged;
    }
}
