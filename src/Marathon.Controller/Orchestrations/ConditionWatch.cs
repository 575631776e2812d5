using Marathon.Controller.Activities;
using Marathon.Controller.Measures;
using Marathon.Controller.Topics;
using Marathon.Durable;

namespace Marathon.Controller.Orchestrations;

/// <summary>Looks at a condition again and again until it holds, its time is over, or it is told to stop.</summary>
public sealed class ConditionWatch : Orchestrator<WatchInput, WatchResult>
{
    /// <summary>Event that ends the watch early.</summary>
    public const string StopEvent = "Stop";

    // About ten history rows a look; an orchestration is to stay below a thousand.
    private const int LooksPerExecution = 60;

    /// <inheritdoc/>
    public override async Task<WatchResult> RunAsync(OrchestrationContext context, WatchInput input)
    {
        WatchRequest request = input.Request;
        DateTime? held = input.Held;
        long? mark = input.Mark;
        Task stop = context.WaitForExternalEvent<bool>(StopEvent);
        for (int look = 0; look < LooksPerExecution; look++)
        {
            Observation seen = await ObserveAsync(context, request);
            bool holds = seen.Value is { } value && request.Condition.HoldsFor(value);
            held = !holds ? null : held is null || seen.Mark != mark ? context.CurrentUtcDateTime : held;
            mark = seen.Mark;
            if (held is { } since && context.CurrentUtcDateTime - since >= request.SteadyFor)
            {
                return new WatchResult(true, false, seen.Value);
            }

            if (context.CurrentUtcDateTime >= input.Deadline)
            {
                return new WatchResult(false, true, seen.Value);
            }

            using CancellationTokenSource cancel = new();
            Task timer = context.CreateTimer(request.Interval, cancel.Token);
            await Task.WhenAny(timer, stop);
            if (!timer.IsCompleted)
            {
                cancel.Cancel();
            }

            if (stop.IsCompleted)
            {
                return new WatchResult(false, false, seen.Value);
            }
        }

        context.ContinueAsNew(input with { Held = held, Mark = mark });
        return new WatchResult(false, false, null);
    }

    // A cluster that does not answer now may answer at the next look; until then nothing can be said.
    private static async Task<Observation> ObserveAsync(OrchestrationContext context, WatchRequest request)
    {
        try
        {
            return await context.CallActivityAsync<Observation>(
                nameof(Observe), new ObserveRequest(request.RunId, request.Condition.Measure, request.LivingOnly));
        }
        catch (TaskFailedException error) when (error.FailureDetails is { } details && details.IsCausedBy<ClusterUnansweredException>())
        {
            return new Observation(null);
        }
    }
}
