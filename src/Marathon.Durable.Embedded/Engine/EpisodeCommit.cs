using Marathon.Durable.Embedded.Replay;
using Marathon.Durable.Embedded.Storage;
using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Engine;

/// <summary>Writes what one episode did: history, outgoing messages, timers and status, all in one transaction.</summary>
internal sealed class EpisodeCommit(
    InstanceHead head, EpisodeOutcome outcome, IReadOnlyList<InboxItem> consumed, int historyCount, DateTime now)
{
    private readonly string _executionId = outcome.Next is null ? head.ExecutionId : Guid.NewGuid().ToString("N");

    public string ExecutionId => _executionId;

    /// <summary>False when the instance was replaced meanwhile: then nothing is written.</summary>
    public bool Apply(StoreSession session, Effects effects)
    {
        InstanceUpdate update = new(_executionId, outcome.Status, now)
        {
            CustomStatus = outcome.CustomStatus,
            Output = outcome.Output,
            Failure = outcome.Failure,
            Next = outcome.Next,
        };
        if (!session.Update(head, update))
            return false;

        if (outcome.Status != head.Status)
            effects.Changed.Add(head.InstanceId);
        Consume(session);
        if (outcome.Next is null)
            session.AppendHistory(head.Key, historyCount, outcome.NewHistory);
        else
            session.DeleteHistory(head.Key);
        if (outcome.IsTerminal)
            End(session, effects);
        foreach (OrchestratorAction action in outcome.Actions)
            Perform(session, effects, action);
        if (!outcome.IsTerminal)
            RemoveCancelledTimers(session, effects);
        return true;
    }

    private void Consume(StoreSession session)
    {
        foreach (InboxItem item in consumed)
        {
            if (item.Sequence != 0)
                session.RemoveFromInbox(item.Sequence);
            else if (item.Event is TimerFiredEvent fired)
                session.RemoveTimer(head.Key, fired.TimerId);
        }
    }

    private void Perform(StoreSession session, Effects effects, OrchestratorAction action)
    {
        switch (action)
        {
            case CallActivity call:
                effects.Scheduled.Add(session.AddTask(head.Key, head.InstanceId, _executionId, call.Id, call.Name, call.Input));
                break;
            case CreateTimer timer when !outcome.CancelledTimers.Contains(timer.Id):
                TimerDue due = new(head.Key, _executionId, timer.Id, timer.FireAt);
                session.AddTimer(due);
                effects.TimersSet.Add(due);
                break;
            case CallSubOrchestrator call:
                StartChild(session, effects, call);
                break;
            case SendEvent sent when session.Find(sent.InstanceId) is { IsActive: true } target:
                effects.Deliver(session, target.Key, new EventRaisedEvent(-1, now, sent.Name, sent.Input));
                break;
        }
    }

    private void StartChild(StoreSession session, Effects effects, CallSubOrchestrator call)
    {
        NewInstance child = new(call.InstanceId, call.Name, call.Input)
        {
            Parent = new(head.Name, head.InstanceId, _executionId, call.Id),
            ParentKey = head.Key,
        };
        if (InstanceCreation.TryCreate(session, effects, child, InstanceCreation.ActiveStatuses, now) is { } blocking)
        {
            OrchestrationAlreadyExistsException refusal = new(call.InstanceId, blocking);
            effects.Deliver(session, head.Key, new SubOrchestrationInstanceFailedEvent(
                -1, now, call.Id, TaskFailureDetails.FromException(refusal)));
        }
    }

    private void RemoveCancelledTimers(StoreSession session, Effects effects)
    {
        foreach (int timerId in outcome.CancelledTimers)
        {
            session.RemoveTimer(head.Key, timerId);
            effects.TimersRemoved.Add((head.Key, timerId));
        }
    }

    private void End(StoreSession session, Effects effects)
    {
        session.DeleteQueued(head.Key);
        effects.Ended.Add(head.Key);
        if (head is { ParentKey: { } parentKey, Parent: { } parent } &&
            session.Find(parentKey) is { IsActive: true } waiting && waiting.ExecutionId == parent.ExecutionId)
        {
            effects.Deliver(session, parentKey, outcome.Status is OrchestrationRuntimeStatus.Completed
                ? new SubOrchestrationInstanceCompletedEvent(-1, now, parent.TaskScheduledId, outcome.Output)
                : new SubOrchestrationInstanceFailedEvent(-1, now, parent.TaskScheduledId, outcome.Failure));
        }

        if (!outcome.TerminatesChildren)
            return;
        foreach (InstanceRef child in session.Children(head.Key).Where(child => child.IsActive))
            effects.Deliver(session, child.Key, new ExecutionTerminatedEvent(-1, now, outcome.Output, Recursive: true));
    }
}
