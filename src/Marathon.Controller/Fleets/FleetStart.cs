namespace Marathon.Controller.Fleets;

/// <summary>Lives of workers that are to be started, all of one run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Lives">Those to start: all of them at first, later the replacements and what a larger fleet adds; none where a fleet is only made smaller.</param>
/// <param name="FleetSize">How many workers the whole fleet is to have, these included.</param>
/// <param name="Controller">Where they find the controller.</param>
/// <param name="Token">The run's token; handed over out of sight of the command line.</param>
/// <param name="LeaseTimeout">How long they live without an answer of the controller.</param>
/// <param name="Attempt">Which attempt of the run, from 1: names that a platform does not give twice hold it.</param>
public sealed record FleetStart(
    string RunId, IReadOnlyList<WorkerLife> Lives, int FleetSize, Uri Controller, string Token, TimeSpan LeaseTimeout, int Attempt = 1);
