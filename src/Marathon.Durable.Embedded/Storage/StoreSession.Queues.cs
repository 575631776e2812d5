using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Storage;

internal sealed partial class StoreSession
{
    public InboxItem AddToInbox(long key, HistoryEvent inbound)
    {
        InboxItem item = new(NextSequence(), inbound);
        Execute("INSERT INTO Inbox (Sequence, InstanceKey, Event) VALUES (?1, ?2, ?3)", item.Sequence, key, StoreJson.Write(inbound));
        return item;
    }

    public void RemoveFromInbox(long sequence) => Execute("DELETE FROM Inbox WHERE Sequence = ?1", sequence);

    public List<(long Key, InboxItem Item)> Inbox() => Query(
        "SELECT Sequence, InstanceKey, Event FROM Inbox ORDER BY Sequence",
        row => (row.GetInt64(1), new InboxItem(row.GetInt64(0), StoreJson.ReadEvent(row.GetString(2)))));

    public void AddTimer(TimerDue timer) => Execute(
        "INSERT INTO Timers (InstanceKey, TimerId, FireAt) VALUES (?1, ?2, ?3)", timer.InstanceKey, timer.TimerId, timer.FireAt.Ticks);

    public void RemoveTimer(long key, int timerId) =>
        Execute("DELETE FROM Timers WHERE InstanceKey = ?1 AND TimerId = ?2", key, timerId);

    public List<TimerDue> Timers() => Query(
        "SELECT t.InstanceKey, i.ExecutionId, t.TimerId, t.FireAt FROM Timers t JOIN Instances i ON i.Key = t.InstanceKey",
        row => new TimerDue(row.GetInt64(0), row.GetString(1), row.GetInt32(2), Utc(row.GetInt64(3))));

    public ActivityWork AddTask(long key, string instanceId, string executionId, int taskId, string name, string? input)
    {
        ActivityWork work = new(NextSequence(), key, instanceId, executionId, taskId, name, input);
        Execute(
            "INSERT INTO Tasks (Sequence, InstanceKey, ExecutionId, TaskId, Name, Input) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            work.Sequence, key, executionId, taskId, name, input);
        return work;
    }

    /// <summary>False when the task is gone, for its instance has ended.</summary>
    public bool RemoveTask(long sequence) => Execute("DELETE FROM Tasks WHERE Sequence = ?1", sequence) > 0;

    public List<ActivityWork> Tasks() => Query(
        """
        SELECT t.Sequence, t.InstanceKey, i.InstanceId, t.ExecutionId, t.TaskId, t.Name, t.Input
        FROM Tasks t JOIN Instances i ON i.Key = t.InstanceKey ORDER BY t.Sequence
        """,
        row => new ActivityWork(
            row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetInt32(4), row.GetString(5), TextOrNull(row, 6)));

    /// <summary>Removes what an instance that has ended will no longer receive, wait for or have done.</summary>
    public void DeleteQueued(long key)
    {
        Execute("DELETE FROM Inbox WHERE InstanceKey = ?1", key);
        Execute("DELETE FROM Timers WHERE InstanceKey = ?1", key);
        Execute("DELETE FROM Tasks WHERE InstanceKey = ?1", key);
    }

    public List<HistoryEvent> History(long key) => Query(
        "SELECT Event FROM History WHERE InstanceKey = ?1 ORDER BY Sequence", row => StoreJson.ReadEvent(row.GetString(0)), key);

    public void AppendHistory(long key, int from, IReadOnlyList<HistoryEvent> events)
    {
        for (int i = 0; i < events.Count; i++)
        {
            Execute(
                "INSERT INTO History (InstanceKey, Sequence, Event) VALUES (?1, ?2, ?3)", key, from + i, StoreJson.Write(events[i]));
        }
    }

    /// <summary>The sequence behind the last event.</summary>
    public int HistoryEnd(long key) =>
        Query("SELECT COALESCE(MAX(Sequence), -1) + 1 FROM History WHERE InstanceKey = ?1", row => row.GetInt32(0), key)[0];

    public void DeleteHistory(long key) => Execute("DELETE FROM History WHERE InstanceKey = ?1", key);
}
