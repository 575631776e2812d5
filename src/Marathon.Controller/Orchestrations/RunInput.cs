using Marathon.Controller.Runs;
using Marathon.Runs;

namespace Marathon.Controller.Orchestrations;

/// <summary>Input of <see cref="RunOrchestrator"/>.</summary>
public sealed record RunInput(string RunId, RunSpec Spec, RunSettings Settings);
