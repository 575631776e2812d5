using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Storage;

/// <summary>An instance to be.</summary>
internal sealed record NewInstance(string InstanceId, string Name, string? Input)
{
    public DateTime? ScheduledStart { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public ParentReference? Parent { get; init; }

    public long? ParentKey { get; init; }
}
