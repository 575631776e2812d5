using Marathon.Durable.Embedded.Replay;

namespace Marathon.Durable.Embedded.Storage;

/// <summary>What an episode changes in its instance's row.</summary>
internal sealed record InstanceUpdate(string ExecutionId, OrchestrationRuntimeStatus Status, DateTime UpdatedAt)
{
    public CustomStatusChange? CustomStatus { get; init; }

    public string? Output { get; init; }

    public TaskFailureDetails? Failure { get; init; }

    /// <summary>Set when the instance begins anew: its next input and the events it reads first.</summary>
    public NextGeneration? Next { get; init; }
}
