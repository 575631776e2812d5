namespace Marathon.Reports;

/// <summary>One lie of the testbed.</summary>
/// <param name="Kind">The anomaly kind it commits.</param>
/// <param name="Asked">As it was asked for.</param>
/// <param name="Committed">How often it was told.</param>
/// <param name="Detected">How often the verifier found it.</param>
public sealed record LieReport(string Kind, string Asked, long Committed, long Detected);
