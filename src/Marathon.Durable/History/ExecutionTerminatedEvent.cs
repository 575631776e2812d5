namespace Marathon.Durable.History;

/// <summary>A client ended the instance.</summary>
public sealed record ExecutionTerminatedEvent(int EventId, DateTime Timestamp, string? Output, bool Recursive) : HistoryEvent(EventId, Timestamp);
