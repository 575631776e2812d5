namespace Marathon.Reports;

/// <summary>One assertion.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Verdict">pass, fail or skipped.</param>
/// <param name="Severity">critical, error, warning or info.</param>
/// <param name="Observed">What was observed; null when skipped.</param>
/// <param name="Threshold">What was asked for.</param>
/// <param name="Unit">Unit of both.</param>
public sealed record AssertionReport(string Name, string Verdict, string Severity, double? Observed, double Threshold, string Unit);
