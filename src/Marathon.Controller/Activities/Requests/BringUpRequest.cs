namespace Marathon.Controller.Activities;

/// <summary>Input of <see cref="BringUpWorker"/>.</summary>
public sealed record BringUpRequest(string RunId, string Worker, int Epoch);
