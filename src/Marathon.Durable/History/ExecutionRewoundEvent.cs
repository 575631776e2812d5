namespace Marathon.Durable.History;

/// <summary>A client took a failed instance back to before its failures.</summary>
public sealed record ExecutionRewoundEvent(int EventId, DateTime Timestamp, string? Reason) : HistoryEvent(EventId, Timestamp);
