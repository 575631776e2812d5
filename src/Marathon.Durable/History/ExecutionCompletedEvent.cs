namespace Marathon.Durable.History;

/// <summary>The last action of an execution: its status, its output and, if it failed, why.</summary>
public sealed record ExecutionCompletedEvent(int EventId, DateTime Timestamp, OrchestrationRuntimeStatus Status, string? Result, TaskFailureDetails? FailureDetails) : HistoryEvent(EventId, Timestamp);
