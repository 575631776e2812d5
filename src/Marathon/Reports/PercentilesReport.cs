namespace Marathon.Reports;

/// <summary>Percentiles of a latency.</summary>
/// <param name="P50">Median.</param>
/// <param name="P90">90th percentile.</param>
/// <param name="P99">99th percentile.</param>
/// <param name="P999">99.9th percentile.</param>
/// <param name="Max">Largest.</param>
/// <param name="Unit">Always ms.</param>
/// <param name="ClockErrorBound">Bound, in the same unit, on what the clocks of two hosts add or hide; 0 within one host.</param>
public sealed record PercentilesReport(double P50, double P90, double P99, double P999, double Max, string Unit, double ClockErrorBound);
