namespace Marathon.Reports;

/// <summary>Rates over the workload stage.</summary>
public sealed record ThroughputReport(RateReport Produce, RateReport Consume);
