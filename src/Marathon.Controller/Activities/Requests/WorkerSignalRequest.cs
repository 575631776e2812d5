using Marathon.Workers;

namespace Marathon.Controller.Activities;

/// <summary>Input of <see cref="RecordWorkerSignal"/>.</summary>
public sealed record WorkerSignalRequest(string RunId, WorkerSignal Signal);
