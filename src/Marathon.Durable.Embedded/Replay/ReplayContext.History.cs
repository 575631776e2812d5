using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Replay;

internal sealed partial class ReplayContext
{
    private readonly Queue<HistoryEvent> _whileSuspended = new();

    public bool IsSuspended { get; private set; }

    public void BeginReplay() => _isReplaying = true;

    public void EndReplay() => _isReplaying = false;

    /// <summary>Applies one event. The start of the execution is not among them: that runs the function.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">The event confirms something the replay did not ask for.</exception>
    public void Apply(HistoryEvent recorded)
    {
        switch (recorded)
        {
            case OrchestratorStartedEvent:
                _now = recorded.Timestamp;
                break;
            case TaskScheduledEvent or TimerCreatedEvent or SubOrchestrationInstanceCreatedEvent or EventSentEvent:
                NonDeterminism.Check(recorded, _actions.GetValueOrDefault(recorded.EventId));
                _actions.Remove(recorded.EventId);
                break;
            case ExecutionSuspendedEvent:
                IsSuspended = true;
                break;
            case ExecutionResumedEvent:
                IsSuspended = false;
                while (!IsSuspended && _whileSuspended.TryDequeue(out HistoryEvent? waiting))
                    Deliver(waiting);
                break;
            default:
                if (IsSuspended)
                    _whileSuspended.Enqueue(recorded);
                else
                    Deliver(recorded);
                break;
        }
    }

    private void Deliver(HistoryEvent inbound)
    {
        switch (inbound)
        {
            case TaskCompletedEvent completed:
                Close(completed.TaskScheduledId)?.Complete(completed.Result);
                break;
            case TaskFailedEvent failed:
                Close(failed.TaskScheduledId)?.Fail(failed.FailureDetails);
                break;
            case SubOrchestrationInstanceCompletedEvent completed:
                Close(completed.TaskScheduledId)?.Complete(completed.Result);
                break;
            case SubOrchestrationInstanceFailedEvent failed:
                Close(failed.TaskScheduledId)?.Fail(failed.FailureDetails);
                break;
            case TimerFiredEvent fired:
                Close(fired.TimerId)?.Complete(null);
                break;
            case EventRaisedEvent raised when Next is not null:
                Next.Carryover.Add(raised);
                break;
            case EventRaisedEvent raised:
                _events.Raise(raised.Name, raised.Input);
                break;
        }
    }

    /// <summary>Null for a result of an unknown id: a duplicate, or of a timer that was cancelled.</summary>
    private OpenTask? Close(int id) => _openTasks.Remove(id, out OpenTask? task) ? task : null;

    public int TakeCompletionId() => _nextId++;
}
