namespace Marathon.Azure.Faults;

/// <summary>A fault that is being injected or healed. Plain data: an orchestrator keeps it between polls.</summary>
/// <param name="FaultId">Unique within the run.</param>
/// <param name="Fault">The fault.</param>
/// <param name="Phase">Injected or healed.</param>
/// <param name="State">How far.</param>
/// <param name="Url">Where the platform tells how it fares; null while it is not begun.</param>
/// <param name="PollAfter">When to look again.</param>
/// <param name="Detail">Why it waits or failed.</param>
public sealed record VmFaultOperation(
    string FaultId, VmFault Fault, VmFaultPhase Phase, VmFaultState State, Uri? Url = null, TimeSpan PollAfter = default, string? Detail = null);
