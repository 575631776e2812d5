namespace Marathon.Azure.Arm;

/// <summary>How a long operation of Resource Manager fares.</summary>
internal sealed record OperationStatus(OperationOutcome Outcome, ArmError? Error = null, TimeSpan? RetryAfter = null);
