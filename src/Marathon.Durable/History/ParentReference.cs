namespace Marathon.Durable.History;

/// <summary>The orchestration that called this one, and the number of that call.</summary>
public sealed record ParentReference(string Name, string InstanceId, string ExecutionId, int TaskScheduledId);
