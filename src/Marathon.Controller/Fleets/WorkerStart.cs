namespace Marathon.Controller.Fleets;

/// <summary>One life of a worker that is to be started.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Worker">The worker's id, stable across replacements: <c>w0</c>.</param>
/// <param name="Epoch">Which life, from 1.</param>
/// <param name="Controller">Where it finds the controller.</param>
/// <param name="Token">The run's token; handed over out of sight of the command line.</param>
/// <param name="LeaseTimeout">How long it lives without an answer of the controller.</param>
public sealed record WorkerStart(string RunId, string Worker, int Epoch, Uri Controller, string Token, TimeSpan LeaseTimeout);
