namespace Marathon.Controller.Activities;

/// <summary>Input of <see cref="TerminateOrchestration"/>.</summary>
public sealed record TerminateRequest(string InstanceId, string Reason);
