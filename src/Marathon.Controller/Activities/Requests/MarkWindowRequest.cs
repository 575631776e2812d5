namespace Marathon.Controller.Activities;

/// <summary>Input of <see cref="MarkWindow"/>: the begin or the end of what is measured.</summary>
public sealed record MarkWindowRequest(string RunId, bool End);
