namespace Marathon.Controller.Activities;

/// <summary>Input of <see cref="StartWorkers"/>.</summary>
public sealed record StartWorkersRequest(string RunId, int Workers);
