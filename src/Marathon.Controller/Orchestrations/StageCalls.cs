using Marathon.Controller.Activities;
using Marathon.Durable;
using Marathon.Scenarios;

namespace Marathon.Controller.Orchestrations;

/// <summary>What every toolkit call is made of: activities and waits that end when the stage is interrupted, and stand still while it is paused.</summary>
internal sealed class StageCalls(OrchestrationContext context, StageControl control, StageInput input)
{
    // What only asks, or tells workers whom cleanup shuts down anyway. All else changes the world, and cleanup must find it done.
    private static readonly HashSet<string> s_mayBeLeft = new(StringComparer.Ordinal)
    {
        nameof(Publish), nameof(ChangeThroughput), nameof(LetGo), nameof(LookAtFleet), nameof(Activities.Assert),
    };

    private readonly List<Task> left = [];
    private Task unsettled = Task.CompletedTask;
    private int ids;

    /// <summary>The stage's input.</summary>
    public StageInput Input { get; } = input;

    /// <summary>The time, the same on every replay.</summary>
    public DateTime Now => context.CurrentUtcDateTime;

    /// <summary>An id that is unique within the run and the same on every replay.</summary>
    public string NextId(string kind) => $"{context.InstanceId}-{kind}{++ids}";

    /// <summary>Whether the interrupted stage has left calls alone that have not ended.</summary>
    public bool HasLeftCalls => left.Exists(call => !call.IsCompleted);

    /// <summary>Calls an activity.</summary>
    /// <exception cref="StageInterruptedException">The stage was interrupted before it ended; the activity itself runs to its end.</exception>
    public async Task<T> CallAsync<T>(string activity, object request)
    {
        await control.RunnableAsync();
        Task<T> call = context.CallActivityAsync<T>(activity, request, Retries.Few);
        return await (s_mayBeLeft.Contains(activity) ? OrInterruptedAsync(call) : call);
    }

    /// <summary>Calls an activity even while the run is paused: for what a signal itself sets off.</summary>
    /// <exception cref="StageInterruptedException">The stage was interrupted before it ended.</exception>
    public async Task<T> CallRegardlessAsync<T>(string activity, object request)
    {
        Task<T> call = context.CallActivityAsync<T>(activity, request, Retries.Few);
        if (s_mayBeLeft.Contains(activity))
        {
            return await OrInterruptedAsync(call);
        }

        unsettled = call;
        T result = await call;
        control.ThrowIfInterrupted();
        return result;
    }

    /// <summary>Waits even while the run is paused.</summary>
    /// <exception cref="StageInterruptedException">The stage was interrupted.</exception>
    public async Task DelayRegardlessAsync(TimeSpan delay)
    {
        using CancellationTokenSource cancel = new();
        Task timer = context.CreateTimer(delay, cancel.Token);
        if (await Task.WhenAny(timer, control.Interrupted) != timer)
        {
            cancel.Cancel();
        }

        control.ThrowIfInterrupted();
    }

    /// <summary>Waits until what a signal has set off, and cleanup must find done, is done.</summary>
    public Task SettledAsync() => Task.WhenAny(unsettled);

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

            WatchResult result = await OrInterruptedAsync(watch);
            left -= Now - from;
            if (result.Held || result.TimedOut)
            {
                control.ThrowIfInterrupted();
                return result;
            }
        }
    }

    private async Task<T> OrInterruptedAsync<T>(Task<T> call)
    {
        await Task.WhenAny(call, control.Interrupted);
        if (!call.IsCompleted)
        {
            left.Add(call);
            control.ThrowIfInterrupted();
        }

        return await call;
    }

    /// <summary>Tells the run.</summary>
    public void Tell(RunSignal signal) => context.SendEvent(Input.RunId, RunSignal.EventName, signal);
}
