namespace Marathon.Reports;

/// <summary>Versions in force, each the lesser of client and broker.</summary>
/// <param name="Transactions">Transaction protocol, and why.</param>
/// <param name="Produce">Version of Produce; null when not known.</param>
/// <param name="Fetch">Version of Fetch; null when not known.</param>
public sealed record ProtocolReport(string? Transactions, int? Produce, int? Fetch);
