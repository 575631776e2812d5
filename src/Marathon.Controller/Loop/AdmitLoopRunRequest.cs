using Marathon.Runs;

namespace Marathon.Controller.Loop;

/// <summary>A run of the loop, and the id it is to have.</summary>
public sealed record AdmitLoopRunRequest(string RunId, RunSpec Spec);
