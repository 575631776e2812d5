namespace Marathon.Controller.Activities;

/// <summary>An activity on a whole run.</summary>
public sealed record RunRequest(string RunId);
