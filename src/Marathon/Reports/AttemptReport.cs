namespace Marathon.Reports;

/// <summary>One try of the run.</summary>
public sealed record AttemptReport(int Number, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Outcome, string? Reason);
