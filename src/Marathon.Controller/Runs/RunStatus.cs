namespace Marathon.Controller.Runs;

/// <summary>Custom status of the run's orchestration.</summary>
/// <param name="State">A state of <see cref="Marathon.Runs.RunState"/>, lower case.</param>
/// <param name="Attempt">The attempt under way, from 1; 0 before the first.</param>
/// <param name="Stage">prepare, warmup, workload or cleanup; null between stages.</param>
/// <param name="Reason">Why the run is being interrupted, or ended as it did.</param>
/// <param name="Again">The attempt under way is being cleaned up, and another one follows.</param>
public sealed record RunStatus(string State, int Attempt, string? Stage, string? Reason = null, bool Again = false);
