namespace Marathon.Controller.Fleets;

/// <summary>One life of a worker.</summary>
/// <param name="Worker">The worker's id, stable across replacements: <c>w0</c>.</param>
/// <param name="Epoch">Which life, from 1.</param>
public sealed record WorkerLife(string Worker, int Epoch);
