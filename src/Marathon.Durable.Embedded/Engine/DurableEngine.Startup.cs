using Marathon.Durable.Embedded.Replay;
using Marathon.Durable.Embedded.Storage;

namespace Marathon.Durable.Embedded.Engine;

internal sealed partial class DurableEngine
{
    /// <summary>
    /// Goes on where the last engine was, however it ended: what was received and not yet consumed is delivered again,
    /// activities whose result was not committed run again, timers wait on.
    /// </summary>
    private async Task<(int Instances, int Activities)> LoadAsync()
    {
        var stored = await ReadAsync(session => (
            Heads: session.ActiveHeads(), Inbox: session.Inbox(), Timers: session.Timers(), Tasks: session.Tasks()));
        ILookup<long, InboxItem> inboxes = stored.Inbox.ToLookup(row => row.Key, row => row.Item);
        foreach ((InstanceHead head, bool needsStart) in stored.Heads)
        {
            Begin(new InstanceSlot(head, needsStart));
            foreach (InboxItem item in inboxes[head.Key])
                Deliver(head.Key, item);
        }

        foreach (TimerDue timer in stored.Timers)
            _timers.Set(timer);
        foreach (ActivityWork work in stored.Tasks)
            Enqueue(work);
        return (stored.Heads.Count, stored.Tasks.Count);
    }
}
