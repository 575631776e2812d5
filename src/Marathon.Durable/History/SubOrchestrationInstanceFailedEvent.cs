namespace Marathon.Durable.History;

/// <summary>A sub-orchestration failed or, without details, was terminated.</summary>
public sealed record SubOrchestrationInstanceFailedEvent(int EventId, DateTime Timestamp, int TaskScheduledId, TaskFailureDetails? FailureDetails) : HistoryEvent(EventId, Timestamp);
