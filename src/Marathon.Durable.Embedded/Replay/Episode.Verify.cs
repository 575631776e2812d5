using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Replay;

internal sealed partial class Episode
{
    /// <summary>Replays a history and asks whether the orchestrator does now, in each of its episodes, what it did then.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">It does something else, less or more.</exception>
    public void Verify(IReadOnlyList<HistoryEvent> history)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        ReplaySynchronizationContext thread = new(() => Logs.ForeignContinuation(settings.Logger, head.Name, head.InstanceId));
        SynchronizationContext.SetSynchronizationContext(thread);
        try
        {
            ReplayContext context = new(settings, head, thread);
            context.BeginReplay();
            Verify(context, thread, history);
        }
        finally
        {
            thread.Close();
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private void Verify(ReplayContext context, ReplaySynchronizationContext thread, IReadOnlyList<HistoryEvent> history)
    {
        Task<string?>? function = null;
        for (int i = 0; i < history.Count; i++)
        {
            HistoryEvent recorded = history[i];
            switch (recorded)
            {
                // The code does not run in the episode of a termination.
                case OrchestratorStartedEvent when IsTermination(history, i):
                    return;
                case ExecutionStartedEvent started:
                    function = StartAsync(context, started);
                    break;
                case OrchestratorCompletedEvent when context.NewActions.FirstOrDefault() is { } surplus:
                    throw new NonDeterministicOrchestrationException(
                        $"the replay asks for {surplus} in the episode of {recorded.Timestamp:O}, and the recorded execution did not.");
                case ExecutionCompletedEvent or ContinueAsNewEvent:
                    VerifyEnd(context, function, recorded);
                    break;
                default:
                    context.Apply(recorded);
                    break;
            }

            thread.Drain();
        }

        if (function is { IsCompleted: true } && !context.HasOpenTasks && !history.Any(recorded => recorded is ExecutionCompletedEvent or ContinueAsNewEvent))
            throw new NonDeterministicOrchestrationException("the replay comes to its end, and the recorded execution did not.");
    }

    private static void VerifyEnd(ReplayContext context, Task<string?>? function, HistoryEvent recorded)
    {
        if (recorded is ExecutionCompletedEvent { Status: OrchestrationRuntimeStatus.Terminated })
            return;
        string then = recorded is ExecutionCompletedEvent completed ? completed.Status.ToString() : "ContinuedAsNew";
        string now = function is not { IsCompleted: true } || context.HasOpenTasks ? "still running"
            : !function.IsCompletedSuccessfully ? nameof(OrchestrationRuntimeStatus.Failed)
            : context.Next is not null ? "ContinuedAsNew"
            : nameof(OrchestrationRuntimeStatus.Completed);
        if (then != now)
            throw new NonDeterministicOrchestrationException($"the recorded execution ended as {then}, and its replay is {now}.");
    }

    private static bool IsTermination(IReadOnlyList<HistoryEvent> history, int start)
    {
        for (int i = start + 1; i < history.Count && history[i] is not OrchestratorStartedEvent; i++)
        {
            if (history[i] is ExecutionTerminatedEvent)
                return true;
        }

        return false;
    }
}
