using Marathon.Durable.Embedded.Engine;

namespace Marathon.Durable.Embedded.Client;

internal static class Deduplication
{
    /// <summary>The statuses in which an existing instance blocks a new one of its id.</summary>
    /// <exception cref="ArgumentException">A name is no status.</exception>
    public static IReadOnlySet<OrchestrationRuntimeStatus> Parse(IReadOnlyList<string>? names)
    {
        if (names is null)
            return InstanceCreation.ActiveStatuses;
        HashSet<OrchestrationRuntimeStatus> statuses = [];
        foreach (string name in names)
        {
            if (!Enum.TryParse(name, ignoreCase: true, out OrchestrationRuntimeStatus status) || !Enum.IsDefined(status))
                throw new ArgumentException($"Invalid orchestration runtime status: '{name}' for deduplication.");
            statuses.Add(status);
        }

        return statuses;
    }
}
