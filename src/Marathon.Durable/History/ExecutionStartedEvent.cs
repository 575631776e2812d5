namespace Marathon.Durable.History;

/// <summary>The first event of every execution.</summary>
public sealed record ExecutionStartedEvent(int EventId, DateTime Timestamp, string Name, string InstanceId, string ExecutionId, string? Input, ParentReference? Parent, DateTime? ScheduledStartTime = null) : HistoryEvent(EventId, Timestamp);
