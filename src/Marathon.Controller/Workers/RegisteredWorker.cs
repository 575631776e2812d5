using Marathon.Workers;

namespace Marathon.Controller.Workers;

/// <summary>A worker that has made itself known.</summary>
/// <param name="Worker">Its id.</param>
/// <param name="Registration">What it said last.</param>
/// <param name="At">When, by the controller's clock.</param>
public sealed record RegisteredWorker(string Worker, Registration Registration, DateTimeOffset At);
