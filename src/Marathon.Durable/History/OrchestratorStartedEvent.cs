namespace Marathon.Durable.History;

/// <summary>An episode began; its time is the orchestration's clock until the next one.</summary>
public sealed record OrchestratorStartedEvent(int EventId, DateTime Timestamp) : HistoryEvent(EventId, Timestamp);
