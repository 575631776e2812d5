using Marathon.Controller.Activities;
using Marathon.Controller.Fleets;
using Marathon.Scenarios;
using Marathon.Scenarios.Toolkit;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Orchestrations.Toolkit;

/// <summary>The run's workers.</summary>
internal sealed class DurableFleet(StageCalls calls, Broadcast broadcast) : IFleet
{
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(20);
    // A worker waits half a minute for outstanding sends, then stores its last checkpoint.
    private static readonly TimeSpan GoWithin = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public int Workers => calls.Input.Spec.Workers;

    /// <inheritdoc/>
    public async Task StartAsync()
    {
        FleetOperation operation = await calls.CallAsync<FleetOperation>(
            nameof(StartWorkers), new StartWorkersRequest(calls.Input.RunId, calls.Input.Spec.Workers));
        await FinishAsync(operation);
        await UntilRegisteredAsync();
    }

    /// <inheritdoc/>
    public async Task ScaleAsync(int workers)
    {
        await FinishAsync(await calls.CallAsync<FleetOperation>(nameof(ScaleFleet), new ScaleFleetRequest(calls.Input.RunId, workers)));
        await calls.CallAsync<object?>(nameof(LetGo), new LetGoRequest(calls.Input.RunId, calls.NextId("command")));
        WatchRequest settled = new(calls.Input.RunId, new Condition(Measure.UnsettledWorkers, Comparison.AtMost, 0), calls.Input.Settings.PollInterval);
        TimeSpan within = calls.Input.Settings.RegisterWithin + GoWithin;
        await calls.WatchAsync(settled, within);
        await FinishAsync(await calls.CallAsync<FleetOperation>(nameof(ScaleFleet), new ScaleFleetRequest(calls.Input.RunId, workers, Final: true)));
        // Those that did not go have been ended by now: what is left are workers that did not come.
        WatchResult left = await calls.WatchAsync(settled, TimeSpan.Zero);
        if (!left.Held)
        {
            throw new CannotGoOnException($"{left.Observed:0} of {workers} workers were not ready within {within.TotalSeconds:0} s after the fleet was scaled");
        }

        await broadcast.SendAsync(WorkerCommand.Throughput, Broadcast.Short);
    }

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
