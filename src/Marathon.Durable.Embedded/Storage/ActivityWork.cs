namespace Marathon.Durable.Embedded.Storage;

/// <summary>An activity to run, at least once.</summary>
internal sealed record ActivityWork(
    long Sequence, long InstanceKey, string InstanceId, string ExecutionId, int TaskId, string Name, string? Input);
