namespace Marathon.Controller.Fleets;

/// <summary>A process or machine that holds one life of a worker.</summary>
/// <param name="Worker">The worker's id.</param>
/// <param name="Epoch">Which life.</param>
/// <param name="Alive">Whether it runs.</param>
/// <param name="Pid">Process id, on one machine.</param>
/// <param name="Detail">How it ended, where that is known.</param>
/// <param name="Running">Whether it is seen to run, neither stopped nor gone: what does not hear from it is late, then, rather than it.</param>
public sealed record WorkerInstance(string Worker, int Epoch, bool Alive, int? Pid, string? Detail = null, bool Running = false);
