using Marathon.Durable;
using Marathon.Scenarios;

namespace Marathon.Controller.Orchestrations;

/// <summary>What every toolkit call is made of: activities and waits that end when the stage is interrupted, and stand still while it is paused.</summary>
internal sealed class StageCalls(OrchestrationContext context, StageControl control, StageInput input)
{
    private int ids;

    /// <summary>The stage's input.</summary>
    public StageInput Input { get; } = input;

    /// <summary>The time, the same on every replay.</summary>
    public DateTime Now => context.CurrentUtcDateTime;

    /// <summary>An id that is unique within the run and the same on every replay.</summary>
    public string NextId(string kind) => $"{context.InstanceId}-{kind}{++ids}";

    /// <summary>Calls an activity.</summary>
    /// <exception cref="StageInterruptedException">The stage was interrupted before it ended; the activity itself runs to its end.</exception>
    public async Task<T> CallAsync<T>(string activity, object request)
    {
        await control.RunnableAsync();
        Task<T> call = context.CallActivityAsync<T>(activity, request, Retries.Few);
        await Task.WhenAny(call, control.Interrupted);
        if (!call.IsCompleted)
        {
            control.ThrowIfInterrupted();
        }

        return await call;
    }

    /// <summary>Calls an activity whatever the run is told: for what a signal itself sets off.</summary>
    public Task<T> CallRegardlessAsync<T>(string activity, object request) => context.CallActivityAsync<T>(activity, request, Retries.Few);

    /// <summary>Waits whatever the run is told.</summary>
    public Task DelayRegardlessAsync(TimeSpan delay) => context.CreateTimer(delay, CancellationToken.None);

    /// <summary>Waits; time while paused does not count.</summary>
    /// <exception cref="StageInterruptedException">The stage was interrupted.</exception>
    public async Task DelayAsync(TimeSpan delay)
    {
        TimeSpan left = delay;
        do
        {
            await control.RunnableAsync();
            DateTime from = Now;
            using CancellationTokenSource cancel = new();
            Task timer = context.CreateTimer(left, cancel.Token);
            await Task.WhenAny(timer, control.Changed);
            if (timer.IsCompleted)
            {
                break;
            }

            cancel.Cancel();
            left -= Now - from;
        }
        while (left > TimeSpan.Zero);

        control.ThrowIfInterrupted();
    }

    /// <summary>Watches a condition in an orchestration of its own, so that the stage's history stays small; time while paused does not count.</summary>
    /// <exception cref="StageInterruptedException">The stage was interrupted.</exception>
    public async Task<WatchResult> WatchAsync(WatchRequest request, TimeSpan within)
    {
        TimeSpan left = within;
        while (true)
        {
            await control.RunnableAsync();
            DateTime from = Now;
            string id = NextId("watch");
            Task<WatchResult> watch = context.CallSubOrchestratorAsync<WatchResult>(
                nameof(ConditionWatch), new WatchInput(request, from + left), new SubOrchestrationOptions(instanceId: id));
            await Task.WhenAny(watch, control.Changed);
            if (!watch.IsCompleted)
            {
                context.SendEvent(id, ConditionWatch.StopEvent, true);
            }

            WatchResult result = await watch;
            left -= Now - from;
            if (result.Held || result.TimedOut)
            {
                control.ThrowIfInterrupted();
                return result;
            }
        }
    }

    /// <summary>Tells the run.</summary>
    public void Tell(RunSignal signal) => context.SendEvent(Input.RunId, RunSignal.EventName, signal);
}
