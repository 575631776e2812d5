namespace Marathon.Reports;

/// <summary>Latencies from the intended send time; null where nothing was measured.</summary>
public sealed record LatencyReport(PercentilesReport? Publish, PercentilesReport? EndToEnd);
