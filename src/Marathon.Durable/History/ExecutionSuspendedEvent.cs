namespace Marathon.Durable.History;

/// <summary>A client asked the instance to hold.</summary>
public sealed record ExecutionSuspendedEvent(int EventId, DateTime Timestamp, string? Reason) : HistoryEvent(EventId, Timestamp);
