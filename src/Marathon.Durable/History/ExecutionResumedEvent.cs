namespace Marathon.Durable.History;

/// <summary>A client let the instance go on.</summary>
public sealed record ExecutionResumedEvent(int EventId, DateTime Timestamp, string? Reason) : HistoryEvent(EventId, Timestamp);
