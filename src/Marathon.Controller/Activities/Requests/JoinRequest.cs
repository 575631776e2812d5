namespace Marathon.Controller.Activities;

/// <summary>Input of <see cref="JoinEvidence"/>.</summary>
public sealed record JoinRequest(string RunId, int Attempt);
