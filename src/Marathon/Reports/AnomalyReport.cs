using System.Text.Json;

namespace Marathon.Reports;

/// <summary>All findings of one kind.</summary>
/// <param name="Kind">Kebab-case kind.</param>
/// <param name="Count">How many.</param>
/// <param name="Severity">critical, error, warning or info.</param>
/// <param name="Policy">violation, counted or allowed.</param>
/// <param name="Why">Why the policy says so.</param>
/// <param name="CausedBy">The kind at its root; null when it is a root.</param>
/// <param name="Examples">Some of them: partition, offset, sequence, producer, key, times, who saw it.</param>
public sealed record AnomalyReport(
    string Kind, long Count, string Severity, string Policy, string Why, string? CausedBy, IReadOnlyList<JsonElement> Examples);
