using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Engine;

/// <summary>
/// A failed execution's history without its last failures and all that followed from them, so that a replay asks for
/// the failed tasks again. Failures that the orchestrator had dealt with before that stay.
/// </summary>
/// <param name="Kept">The history to go on from.</param>
/// <param name="AwaitedChildren">Ids of sub-orchestrations whose result is still to come.</param>
internal sealed record RewoundHistory(List<HistoryEvent> Kept, List<string> AwaitedChildren)
{
    /// <param name="childStatus">The status of a child by its id; null when there is none.</param>
    public static RewoundHistory Of(List<HistoryEvent> history, Func<string, OrchestrationRuntimeStatus?> childStatus)
    {
        int lastFailure = history.FindLastIndex(IsFailure);
        int lastActionBefore = lastFailure < 0 ? -1 : history.FindLastIndex(lastFailure, IsAction);
        HashSet<int> answered = [.. history.Where((recorded, i) => !IsUndone(recorded, i)).Select(AnswerTo).OfType<int>()];
        HashSet<int> asked = [];
        List<HistoryEvent> kept = [];
        List<string> awaited = [];
        for (int i = 0; i < history.Count; i++)
        {
            HistoryEvent recorded = history[i];
            if (recorded is ExecutionCompletedEvent || IsUndone(recorded, i) || (IsAction(recorded) && !IsKept(recorded, i)))
                continue;
            if (AnswerTo(recorded) is { } id && !asked.Contains(id))
                continue;
            if (IsAction(recorded))
                asked.Add(recorded.EventId);
            kept.Add(recorded);
        }

        return new(kept, awaited);

        bool IsUndone(HistoryEvent recorded, int index) => IsFailure(recorded) && index > lastActionBefore;

        bool IsKept(HistoryEvent action, int index)
        {
            if (lastFailure >= 0 && index > lastFailure)
                return false;
            if (action is EventSentEvent || answered.Contains(action.EventId))
                return true;
            bool isAwaited = action is SubOrchestrationInstanceCreatedEvent child && childStatus(child.InstanceId) is
                OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Running
                or OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Suspended;
            if (isAwaited)
                awaited.Add(((SubOrchestrationInstanceCreatedEvent)action).InstanceId);
            return isAwaited;
        }
    }

    private static bool IsFailure(HistoryEvent recorded) => recorded is TaskFailedEvent or SubOrchestrationInstanceFailedEvent;

    private static bool IsAction(HistoryEvent recorded) =>
        recorded is TaskScheduledEvent or TimerCreatedEvent or SubOrchestrationInstanceCreatedEvent or EventSentEvent;

    /// <summary>The id of the action whose result this is.</summary>
    private static int? AnswerTo(HistoryEvent recorded) => recorded switch
    {
        TaskCompletedEvent completed => completed.TaskScheduledId,
        TaskFailedEvent failed => failed.TaskScheduledId,
        SubOrchestrationInstanceCompletedEvent completed => completed.TaskScheduledId,
        SubOrchestrationInstanceFailedEvent failed => failed.TaskScheduledId,
        TimerFiredEvent fired => fired.TimerId,
        _ => null,
    };
}
