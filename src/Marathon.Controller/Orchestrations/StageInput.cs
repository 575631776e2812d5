using Marathon.Controller.Runs;
using Marathon.Runs;

namespace Marathon.Controller.Orchestrations;

/// <summary>Input of <see cref="StageOrchestrator"/>.</summary>
/// <param name="RunId">The run, whose orchestration is told of what happens.</param>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Spec">What the run was asked to be.</param>
/// <param name="Settings">Time limits.</param>
/// <param name="Paused">The run was paused while no stage was under way.</param>
public sealed record StageInput(string RunId, int Attempt, StageName Stage, RunSpec Spec, RunSettings Settings, bool Paused);
