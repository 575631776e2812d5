namespace Marathon.Controller.Activities;

/// <summary>Input of <see cref="BeginAttempt"/>.</summary>
public sealed record AttemptRequest(string RunId, int Attempt);
