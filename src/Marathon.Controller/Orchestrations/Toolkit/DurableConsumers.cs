using Marathon.Scenarios.Toolkit;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Orchestrations.Toolkit;

/// <summary>The consuming side of the load.</summary>
internal sealed class DurableConsumers(StageCalls calls, Broadcast broadcast) : IConsumers
{
    /// <inheritdoc/>
    public Task PauseAsync() => broadcast.SendAsync(WorkerCommand.PauseConsumption, Broadcast.Short);

    /// <inheritdoc/>
    public Task ResumeAsync() => broadcast.SendAsync(WorkerCommand.ResumeConsumption, Broadcast.Short);

    /// <inheritdoc/>
    public async Task DrainAsync(TimeSpan within)
    {
        calls.Tell(new RunSignal(RunSignalKind.Draining));
        await calls.WatchAsync(
            new WatchRequest(
                calls.Input.RunId,
                new Condition(Measure.BacklogRecords, Comparison.AtMost, 0),
                calls.Input.Settings.PollInterval,
                calls.Input.Settings.StableFor,
                LivingOnly: true),
            within);
        await broadcast.SendAsync(WorkerCommand.Evidence, Broadcast.Short);
    }
}
