using Marathon.Controller.Activities;
using Marathon.Controller.Fleets;
using Marathon.Scenarios;
using Marathon.Scenarios.Toolkit;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Orchestrations.Toolkit;

/// <summary>The run's workers.</summary>
internal sealed class DurableFleet(StageCalls calls) : IFleet
{
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public async Task StartAsync()
    {
        FleetOperation operation = await calls.CallAsync<FleetOperation>(
            nameof(StartWorkers), new StartWorkersRequest(calls.Input.RunId, calls.Input.Spec.Workers));
        await FinishAsync(operation);
        await UntilRegisteredAsync();
    }

    /// <inheritdoc/>
    public Task ScaleAsync(int workers) =>
        throw new NotSupportedException("changing the number of workers in mid-run is not there yet; start the run with --workers");

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        // Those that do not answer are ended by the release below.
        await calls.CallAsync<PublishResult>(nameof(Publish), new PublishRequest(calls.Input.RunId, calls.NextId("command"), WorkerCommand.Shutdown));
        DateTime deadline = calls.Now + EndWithin;
        TimeSpan pause = TimeSpan.FromMilliseconds(250);
        while ((await calls.CallAsync<FleetPresence>(nameof(LookAtFleet), new RunRequest(calls.Input.RunId))).Alive > 0 && calls.Now < deadline)
        {
            await calls.DelayAsync(pause);
            pause = Longer(pause);
        }

        await FinishAsync(await calls.CallAsync<FleetOperation>(nameof(ReleaseFleet), new RunRequest(calls.Input.RunId)));
    }

    private static TimeSpan Longer(TimeSpan pause) => pause < TimeSpan.FromSeconds(5) ? pause * 1.5 : pause;

    private async Task UntilRegisteredAsync()
    {
        DateTime deadline = calls.Now + calls.Input.Settings.RegisterWithin;
        TimeSpan pause = TimeSpan.FromMilliseconds(250);
        while (true)
        {
            FleetPresence presence = await calls.CallAsync<FleetPresence>(nameof(LookAtFleet), new RunRequest(calls.Input.RunId));
            if (presence.Unregistered.Count == 0 && presence.Registered >= calls.Input.Settings.Quorum)
            {
                return;
            }

            if (calls.Now >= deadline || (presence.Unregistered.Count == 0 && presence.Registered == 0))
            {
                throw new CannotGoOnException(
                    $"{presence.Registered} of {calls.Input.Spec.Workers} workers registered within {calls.Input.Settings.RegisterWithin.TotalSeconds:0} s. {presence.Detail}");
            }

            await calls.DelayAsync(pause);
            pause = Longer(pause);
        }
    }

    private async Task FinishAsync(FleetOperation operation)
    {
        while (operation.State == FleetOperationState.Running)
        {
            await calls.DelayAsync(operation.PollAfter);
            operation = await calls.CallAsync<FleetOperation>(nameof(PollFleet), operation);
        }

        if (operation.State == FleetOperationState.Failed)
        {
            throw new CannotGoOnException(operation.Detail ?? "the fleet's provider failed and said no more");
        }
    }
}
