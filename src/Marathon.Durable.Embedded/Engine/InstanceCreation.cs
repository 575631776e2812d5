using Marathon.Durable.Embedded.Replay;
using Marathon.Durable.Embedded.Storage;

namespace Marathon.Durable.Embedded.Engine;

/// <summary>Starts an instance, in place of one with the same id where that is allowed.</summary>
internal static class InstanceCreation
{
    public static readonly IReadOnlySet<OrchestrationRuntimeStatus> ActiveStatuses = new HashSet<OrchestrationRuntimeStatus>
    {
        OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.ContinuedAsNew,
        OrchestrationRuntimeStatus.Suspended,
    };

    /// <summary>Returns the status of the instance that blocks the new one, or null when that was created.</summary>
    public static OrchestrationRuntimeStatus? TryCreate(
        StoreSession session, Effects effects, NewInstance instance, IReadOnlySet<OrchestrationRuntimeStatus> blocking, DateTime now)
    {
        DateTime createdAt = now;
        if (session.Find(instance.InstanceId) is { } existing)
        {
            if (blocking.Contains(existing.Status))
                return existing.Status;
            session.Delete(existing.Key);
            effects.Ended.Add(existing.Key);

            // Ids that an orchestrator makes derive from its id and time, and must not repeat those of its predecessor.
            if (createdAt <= existing.UpdatedAt)
                createdAt = existing.UpdatedAt.AddTicks(1);
        }

        InstanceHead head = session.Insert(instance, createdAt);
        effects.Started.Add((head, instance.Input));
        effects.Changed.Add(head.InstanceId);
        return null;
    }
}
