using Marathon.Configuration;
using Marathon.Controller.Activities;
using Marathon.Scenarios.Toolkit;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Orchestrations.Toolkit;

/// <summary>What the workers do with their clients.</summary>
internal sealed class DurableLoad(StageCalls calls, Broadcast broadcast) : ILoadControl
{
    /// <inheritdoc/>
    public Task InitialiseAsync() => broadcast.SendAsync(WorkerCommand.Initialise, Broadcast.Long);

    /// <inheritdoc/>
    public Task StartAsync() => broadcast.SendAsync(WorkerCommand.Start, Broadcast.Short);

    /// <inheritdoc/>
    public Task ThroughputAsync(Rate rate) => calls.CallAsync<object?>(
        nameof(ChangeThroughput), new ThroughputRequest(calls.Input.RunId, calls.NextId("rate"), Rate: rate));

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        calls.Tell(new RunSignal(RunSignalKind.Draining));
        await calls.CallAsync<object?>(nameof(MarkWindow), new MarkWindowRequest(calls.Input.RunId, End: true));
        await broadcast.SendAsync(WorkerCommand.Stop, Broadcast.Long);
    }
}
