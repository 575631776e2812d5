namespace Marathon.Durable.History;

/// <summary>The execution ended to begin again with a new input.</summary>
public sealed record ContinueAsNewEvent(int EventId, DateTime Timestamp, string? Input) : HistoryEvent(EventId, Timestamp);
