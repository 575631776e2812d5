using Marathon.Controller.Runs;
using Marathon.Durable;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Activities;

/// <summary>Changes the offered load, or pauses it and lets it go on. Before the load runs it is only written down.</summary>
public sealed class ChangeThroughput(IRunStore runs, Publish publish) : Activity<ThroughputRequest, object?>
{
    /// <inheritdoc/>
    public override async Task<object?> RunAsync(ActivityContext context, ThroughputRequest input)
    {
        RunRecord run = await runs.UpdateAsync(
            input.RunId,
            r => r with { Load = r.Load with { Rate = input.Rate ?? r.Load.Rate, Paused = input.Paused ?? r.Load.Paused } },
            CancellationToken.None);
        if (run.Load.Phase is not (LoadPhase.Initialised or LoadPhase.Running))
        {
            return null;
        }

        PublishResult result = await publish.RunAsync(context, new PublishRequest(input.RunId, input.CommandId, WorkerCommand.Throughput));
        return result.Missing.Count == 0
            ? null
            : throw new InvalidOperationException($"the new rate did not reach every worker: {string.Join("; ", result.Missing)}");
    }
}
