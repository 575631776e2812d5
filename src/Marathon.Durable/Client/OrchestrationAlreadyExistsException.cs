namespace Marathon.Durable;

/// <summary>An instance of that id exists in a state that blocks a new one.</summary>
public sealed class OrchestrationAlreadyExistsException(string instanceId, OrchestrationRuntimeStatus status)
    : InvalidOperationException($"An orchestration with id '{instanceId}' already exists. It's in the {status} state.")
{
    public string InstanceId { get; } = instanceId;

    public OrchestrationRuntimeStatus Status { get; } = status;
}
