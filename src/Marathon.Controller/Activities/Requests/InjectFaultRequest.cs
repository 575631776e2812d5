using Marathon.Faults;

namespace Marathon.Controller.Activities;

/// <summary>Input of <see cref="InjectFault"/>.</summary>
public sealed record InjectFaultRequest(string RunId, string FaultId, FaultSpec Fault);
