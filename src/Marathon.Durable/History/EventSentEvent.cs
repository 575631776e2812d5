namespace Marathon.Durable.History;

/// <summary>An event was sent to another instance.</summary>
public sealed record EventSentEvent(int EventId, DateTime Timestamp, string InstanceId, string Name, string? Input) : HistoryEvent(EventId, Timestamp);
