using Marathon.Durable;

namespace Marathon.Cli.Janitor;

/// <summary>Tidies up for ever: at its start, after every interval, and when it is woken, as each controller does that takes the folder over.</summary>
internal sealed class JanitorOrchestrator : Orchestrator<TimeSpan, bool>
{
    /// <summary>The instance; there is one of it for each data folder.</summary>
    public const string InstanceId = "janitor";

    /// <summary>Event that asks for a turn at once; it carries the interval from then on.</summary>
    public const string WakeEvent = "Wake";

    /// <inheritdoc/>
    public override async Task<bool> RunAsync(OrchestrationContext context, TimeSpan interval)
    {
        Task<TimeSpan> woken = context.WaitForExternalEvent<TimeSpan>(WakeEvent);
        try
        {
            await context.CallActivityAsync<int>(nameof(TidyUp));
        }
        catch (TaskFailedException error)
        {
            context.CreateReplaySafeLogger<JanitorOrchestrator>().JanitorFailed(error.Message);
        }

        using CancellationTokenSource cancel = new();
        if (await Task.WhenAny(context.CreateTimer(interval, cancel.Token), woken) == woken)
        {
            cancel.Cancel();
        }

        // What has reached the waiter is not carried over to the next generation, so it is obeyed now.
        context.ContinueAsNew(woken.IsCompleted ? await woken : interval);
        return true;
    }
}
