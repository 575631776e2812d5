namespace Marathon.Controller.Http;

/// <summary>A worker as the API tells of it.</summary>
public sealed record WorkerSummary(string Id, int Epoch, int? Pid, string? Node, string? Phase, string? End, double? PublishP99Ms, double? EndToEndP99Ms, long Lag);
