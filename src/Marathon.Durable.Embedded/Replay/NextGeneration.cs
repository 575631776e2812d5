using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Replay;

/// <summary>What ContinueAsNew hands over.</summary>
/// <param name="Carryover">Events that arrived after the call; the next generation reads them first.</param>
internal sealed record NextGeneration(string? Input, List<EventRaisedEvent> Carryover);
