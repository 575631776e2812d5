using DurableTask.Core;
using Marathon.Durable;
using Marathon.Durable.History;
using Core = DurableTask.Core.History;

namespace Marathon.Functions.Durable;

/// <summary>A history as the SDK hands it out, in our events; what ours does not know (checkpoints, entities) is left out.</summary>
internal static class HistoryEvents
{
    public static HistoryEvent? ToMarathon(Core.HistoryEvent e) => e switch
    {
        Core.ExecutionStartedEvent x => new ExecutionStartedEvent(
            e.EventId, e.Timestamp, x.Name, x.OrchestrationInstance.InstanceId, x.OrchestrationInstance.ExecutionId, x.Input, Parent(x.ParentInstance), x.ScheduledStartTime),
        Core.ContinueAsNewEvent x => new ContinueAsNewEvent(e.EventId, e.Timestamp, x.Result),
        Core.ExecutionCompletedEvent x => new ExecutionCompletedEvent(e.EventId, e.Timestamp, Status(x.OrchestrationStatus), x.Result, Failure(x.FailureDetails)),
        Core.ExecutionTerminatedEvent x => new ExecutionTerminatedEvent(e.EventId, e.Timestamp, x.Input, Recursive: false),
        Core.ExecutionSuspendedEvent x => new ExecutionSuspendedEvent(e.EventId, e.Timestamp, x.Reason),
        Core.ExecutionResumedEvent x => new ExecutionResumedEvent(e.EventId, e.Timestamp, x.Reason),
        Core.ExecutionRewoundEvent x => new ExecutionRewoundEvent(e.EventId, e.Timestamp, x.Reason),
        Core.TaskScheduledEvent x => new TaskScheduledEvent(e.EventId, e.Timestamp, x.Name ?? "", x.Input),
        Core.TaskCompletedEvent x => new TaskCompletedEvent(e.EventId, e.Timestamp, x.TaskScheduledId, x.Result),
        Core.TaskFailedEvent x => new TaskFailedEvent(e.EventId, e.Timestamp, x.TaskScheduledId, Failure(x.FailureDetails)),
        Core.SubOrchestrationInstanceCreatedEvent x => new SubOrchestrationInstanceCreatedEvent(e.EventId, e.Timestamp, x.Name, x.InstanceId, x.Input),
        Core.SubOrchestrationInstanceCompletedEvent x => new SubOrchestrationInstanceCompletedEvent(e.EventId, e.Timestamp, x.TaskScheduledId, x.Result),
        Core.SubOrchestrationInstanceFailedEvent x => new SubOrchestrationInstanceFailedEvent(e.EventId, e.Timestamp, x.TaskScheduledId, Failure(x.FailureDetails)),
        Core.TimerCreatedEvent x => new TimerCreatedEvent(e.EventId, e.Timestamp, x.FireAt),
        Core.TimerFiredEvent x => new TimerFiredEvent(e.EventId, e.Timestamp, x.TimerId, x.FireAt),
        Core.EventSentEvent x => new EventSentEvent(e.EventId, e.Timestamp, x.InstanceId, x.Name, x.Input),
        Core.EventRaisedEvent x => new EventRaisedEvent(e.EventId, e.Timestamp, x.Name, x.Input),
        Core.OrchestratorStartedEvent => new OrchestratorStartedEvent(e.EventId, e.Timestamp),
        Core.OrchestratorCompletedEvent => new OrchestratorCompletedEvent(e.EventId, e.Timestamp),
        _ => null,
    };

    private static ParentReference? Parent(ParentInstance? parent) => parent is null
        ? null
        : new(parent.Name, parent.OrchestrationInstance.InstanceId, parent.OrchestrationInstance.ExecutionId, parent.TaskScheduleId);

    private static OrchestrationRuntimeStatus Status(OrchestrationStatus status) => Enum.Parse<OrchestrationRuntimeStatus>(status.ToString());

    private static TaskFailureDetails? Failure(FailureDetails? failure) => failure is null
        ? null
        : new(failure.ErrorType, failure.ErrorMessage, failure.StackTrace, Failure(failure.InnerFailure), failure.Properties);
}
