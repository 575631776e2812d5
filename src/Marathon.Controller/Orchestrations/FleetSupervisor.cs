using Marathon.Controller.Activities;
using Marathon.Durable;
using Marathon.Workers;

namespace Marathon.Controller.Orchestrations;

/// <summary>
/// Watches a cell of workers: takes their events as they come and looks at their heartbeats on a timer; tells the run of
/// every life that ends, and has it replaced in place.
/// </summary>
public sealed class FleetSupervisor : Orchestrator<FleetCell, bool>
{
    // About ten history rows a turn; an orchestration is to stay below a thousand.
    private const int TurnsPerExecution = 60;
    private const int ToldAtOnce = 5;

    /// <inheritdoc/>
    public override async Task<bool> RunAsync(OrchestrationContext context, FleetCell cell)
    {
        Task<WorkerSignal> signal = context.WaitForExternalEvent<WorkerSignal>(WorkerSignal.EventName);
        Task stop = context.WaitForExternalEvent<bool>(ConditionWatch.StopEvent);
        for (int turn = 0; turn < TurnsPerExecution; turn++)
        {
            using CancellationTokenSource tick = new();
            Task timer = context.CreateTimer(cell.Settings.WatchInterval, tick.Token);
            await Task.WhenAny(signal, stop, timer);
            if (!timer.IsCompleted)
            {
                tick.Cancel();
            }

            if (signal.IsCompleted)
            {
                cell = await ApplyAsync(context, cell, await signal);
                signal = context.WaitForExternalEvent<WorkerSignal>(WorkerSignal.EventName);
            }

            cell = await LookAsync(context, cell);
            if (stop.IsCompleted)
            {
                return true;
            }
        }

        // What has reached a waiter is not carried over to the next generation.
        while (signal.IsCompleted)
        {
            cell = await ApplyAsync(context, cell, await signal);
            signal = context.WaitForExternalEvent<WorkerSignal>(WorkerSignal.EventName);
        }

        if (stop.IsCompleted)
        {
            return true;
        }

        context.ContinueAsNew(cell);
        return false;
    }

    private static async Task<FleetCell> ApplyAsync(OrchestrationContext context, FleetCell cell, WorkerSignal signal)
    {
        if (cell.SeenEvents.Contains(signal.EventId))
        {
            return cell;
        }

        await context.CallActivityAsync(nameof(RecordWorkerSignal), new WorkerSignalRequest(cell.RunId, signal), Retries.Few);
        return cell with { SeenEvents = [.. cell.SeenEvents, signal.EventId] };
    }

    private static async Task<FleetCell> LookAsync(OrchestrationContext context, FleetCell cell)
    {
        FleetSummary summary = await context.CallActivityAsync<FleetSummary>(nameof(SummarizeFleet), cell, Retries.Few);
        if (summary.Ended.Count > 0)
        {
            string ended = string.Join("; ", summary.Ended.Take(ToldAtOnce).Select(e => e.Text));
            context.SendEvent(cell.RunId, RunSignal.EventName, new RunSignal(RunSignalKind.FleetChanged, ended, Living: summary.Living));
            cell = cell with { Reported = [.. cell.Reported, .. summary.Ended.Select(e => e.Key)] };
        }

        await Task.WhenAll(summary.Joining.Select(joining =>
            context.CallActivityAsync(nameof(BringUpWorker), new BringUpRequest(cell.RunId, joining.Worker, joining.Epoch), Retries.Few)));
        return cell;
    }
}
