using Marathon.Runs;

namespace Marathon.Controller.Activities;

/// <summary>Input of <see cref="EndAttempt"/>.</summary>
public sealed record EndAttemptRequest(string RunId, int Attempt, RunOutcome Outcome, string? Reason);
