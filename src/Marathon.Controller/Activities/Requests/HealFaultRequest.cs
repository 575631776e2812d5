namespace Marathon.Controller.Activities;

/// <summary>Input of <see cref="HealFault"/>.</summary>
public sealed record HealFaultRequest(string RunId, string FaultId);
