using Marathon.Controller.Runs;

namespace Marathon.Controller.Orchestrations;

/// <summary>Input of <see cref="VerificationOrchestrator"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Settings">Time limits.</param>
/// <param name="Drained">The workload came to its end: producers are stopped and consumers have read what they could.</param>
/// <param name="Deadline">Until when, UTC.</param>
public sealed record VerificationInput(string RunId, int Attempt, RunSettings Settings, bool Drained, DateTime Deadline);
