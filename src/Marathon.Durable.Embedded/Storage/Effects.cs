using Marathon.Durable.Embedded.Replay;
using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Storage;

/// <summary>What follows in memory once a transaction is committed.</summary>
internal sealed class Effects
{
    /// <summary>Instances that ended or are gone; applied before everything else.</summary>
    public List<long> Ended { get; } = [];

    public List<(InstanceHead Head, string? Input)> Started { get; } = [];

    /// <summary>Instances that had ended and go on.</summary>
    public List<InstanceHead> Resumed { get; } = [];

    public List<(long Key, InboxItem Item)> Delivered { get; } = [];

    public List<ActivityWork> Scheduled { get; } = [];

    public List<TimerDue> TimersSet { get; } = [];

    public List<(long Key, int TimerId)> TimersRemoved { get; } = [];

    /// <summary>Ids of instances that clients may be waiting for.</summary>
    public List<string> Changed { get; } = [];

    public void Deliver(StoreSession session, long key, HistoryEvent inbound) =>
        Delivered.Add((key, session.AddToInbox(key, inbound)));
}
