using Marathon.Durable.Embedded.Storage;

namespace Marathon.Durable.Embedded.Engine;

/// <summary>Removes instances that have ended.</summary>
internal static class Purging
{
    /// <summary>Instances removed in one transaction, their descendants apart.</summary>
    public const int BatchSize = 100;

    /// <summary>Returns how many are gone. Descendants that still run stay, and so do theirs.</summary>
    public static int Purge(StoreSession session, Effects effects, InstanceRef ended, bool recursive)
    {
        int purged = 1;
        if (recursive)
        {
            foreach (InstanceRef child in session.Children(ended.Key).Where(child => !child.IsActive))
                purged += Purge(session, effects, child, recursive);
        }

        session.Delete(ended.Key);
        effects.Ended.Add(ended.Key);
        effects.Changed.Add(ended.InstanceId);
        return purged;
    }
}
