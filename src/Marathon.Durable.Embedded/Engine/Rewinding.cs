using Marathon.Durable.Embedded.Storage;
using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Engine;

/// <summary>Takes failed instances back to before their failures and lets them go on, under a new execution id.</summary>
internal static class Rewinding
{
    public static void Rewind(StoreSession session, Effects effects, InstanceRef failed, string? reason, DateTime now)
    {
        string executionId = Guid.NewGuid().ToString("N");
        Dictionary<string, InstanceRef> children = session.Children(failed.Key).ToDictionary(child => child.InstanceId);
        RewoundHistory history = RewoundHistory.Of(
            session.History(failed.Key), child => children.TryGetValue(child, out InstanceRef? found) ? found.Status : null);
        session.DeleteHistory(failed.Key);
        session.AppendHistory(failed.Key, 0, history.Kept);
        session.Rewind(failed.Key, executionId, now);
        effects.Changed.Add(failed.InstanceId);
        effects.Resumed.Add(session.Head(failed.Key));
        effects.Deliver(session, failed.Key, new ExecutionRewoundEvent(-1, now, reason));

        foreach (string awaited in history.AwaitedChildren)
        {
            InstanceRef child = children[awaited];
            session.Adopt(child.Key, executionId);
            if (child.Status is OrchestrationRuntimeStatus.Failed)
                Rewind(session, effects, child, reason, now);
        }
    }
}
