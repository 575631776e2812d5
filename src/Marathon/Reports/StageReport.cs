namespace Marathon.Reports;

/// <summary>One stage of one attempt.</summary>
/// <param name="Attempt">Attempt, from 1.</param>
/// <param name="Name">prepare, warmup, workload or cleanup.</param>
/// <param name="StartedAt">Its begin.</param>
/// <param name="EndedAt">Its end; null when it never ended.</param>
/// <param name="Outcome">finished, interrupted, failed or terminated.</param>
/// <param name="Reason">Why, unless it finished.</param>
public sealed record StageReport(int Attempt, string Name, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Outcome, string? Reason = null);
