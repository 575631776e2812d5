namespace Marathon.Durable.Embedded.Storage;

/// <summary>Enough of an instance to decide whether it may receive, be replaced or be removed.</summary>
internal sealed record InstanceRef(long Key, string InstanceId, string ExecutionId, OrchestrationRuntimeStatus Status, DateTime UpdatedAt)
{
    public bool IsActive => Status is OrchestrationRuntimeStatus.Running
        or OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Suspended;
}
