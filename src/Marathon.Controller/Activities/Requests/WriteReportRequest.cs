using Marathon.Runs;

namespace Marathon.Controller.Activities;

/// <summary>Input of <see cref="WriteReport"/>.</summary>
public sealed record WriteReportRequest(string RunId, RunOutcome Outcome, string? Reason);
