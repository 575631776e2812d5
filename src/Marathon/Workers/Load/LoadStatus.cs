namespace Marathon.Workers.Load;

/// <summary>How a load fares.</summary>
/// <param name="Counters">Cumulative counters.</param>
/// <param name="Latency">Since the last status; null where nothing was measured.</param>
/// <param name="Positions">Where its consumers are.</param>
/// <param name="Error">Why it broke; null while it has not.</param>
public sealed record LoadStatus(
    LoadCounters Counters, LatencySample? Latency, IReadOnlyList<PartitionPosition> Positions, string? Error);
