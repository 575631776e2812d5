namespace Marathon.Reports;

/// <summary>A rate in records and in bytes of keys and values.</summary>
public sealed record RateReport(double RecordsPerSecond, double BytesPerSecond);
