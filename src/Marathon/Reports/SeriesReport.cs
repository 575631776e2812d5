namespace Marathon.Reports;

/// <summary>A measure over time.</summary>
/// <param name="Name">produce-rate, consume-rate, lag, publish-p99, end-to-end-p99.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Points">Pairs of seconds since the run's start and value.</param>
public sealed record SeriesReport(string Name, string Unit, IReadOnlyList<double[]> Points);
