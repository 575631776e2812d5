namespace Marathon.Durable.History;

/// <summary>A timer fell due.</summary>
public sealed record TimerFiredEvent(int EventId, DateTime Timestamp, int TimerId, DateTime FireAt) : HistoryEvent(EventId, Timestamp);
