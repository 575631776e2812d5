using System.Collections.Immutable;

namespace Marathon.Durable;

/// <summary>How to start an orchestration.</summary>
/// <param name="InstanceId">Generated when null.</param>
/// <param name="StartAt">Not before this time; at once when null or past.</param>
public sealed record StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
{
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>
    /// Names of the <see cref="OrchestrationRuntimeStatus"/> in which an existing instance of that id blocks the new one.
    /// Null is the host's default: Running, Pending, ContinuedAsNew, Suspended.
    /// </summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }

    public StartOrchestrationOptions WithDedupeStatuses(params OrchestrationRuntimeStatus[] dedupeStatuses) =>
        this with { DedupeStatuses = [.. dedupeStatuses.Select(status => status.ToString())] };
}
