using Marathon.Controller.Activities;
using Marathon.Controller.Clusters;
using Marathon.Durable;

namespace Marathon.Controller.Orchestrations;

/// <summary>Renews the cluster's lease and tells the run when its processes are gone.</summary>
public sealed class ClusterWatch : Orchestrator<ClusterWatchInput, bool>
{
    private const int TurnsPerExecution = 60;

    /// <inheritdoc/>
    public override async Task<bool> RunAsync(OrchestrationContext context, ClusterWatchInput input)
    {
        Task stop = context.WaitForExternalEvent<bool>(ConditionWatch.StopEvent);
        for (int turn = 0; turn < TurnsPerExecution; turn++)
        {
            using CancellationTokenSource tick = new();
            Task timer = context.CreateTimer(input.Interval, tick.Token);
            await Task.WhenAny(stop, timer);
            if (!timer.IsCompleted)
            {
                tick.Cancel();
            }

            if (stop.IsCompleted)
            {
                return true;
            }

            ClusterHealth health = await context.CallActivityAsync<ClusterHealth>(nameof(RenewCluster), new RunRequest(input.RunId), Retries.Few);
            if (!health.Alive && !input.Told)
            {
                context.SendEvent(
                    input.RunId, RunSignal.EventName, new RunSignal(RunSignalKind.ClusterLost, $"the cluster died: {health.Detail ?? "its provider knows no more"}"));
                input = input with { Told = true };
            }
        }

        // What has reached a waiter is not carried over to the next generation.
        if (stop.IsCompleted)
        {
            return true;
        }

        context.ContinueAsNew(input);
        return false;
    }
}
