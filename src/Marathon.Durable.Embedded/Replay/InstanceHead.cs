using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Replay;

/// <summary>What the engine keeps in memory of an instance that has not ended.</summary>
/// <param name="Key">The row; unlike the id it is never used again.</param>
internal sealed record InstanceHead(long Key, string InstanceId, string ExecutionId, string Name)
{
    public OrchestrationRuntimeStatus Status { get; init; } = OrchestrationRuntimeStatus.Pending;

    public ParentReference? Parent { get; init; }

    public long? ParentKey { get; init; }

    public DateTime? ScheduledStart { get; init; }

    /// <summary>The time of its creation or of its last episode.</summary>
    public DateTime UpdatedAt { get; init; }
}
