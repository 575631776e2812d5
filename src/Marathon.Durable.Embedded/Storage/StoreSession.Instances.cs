using Marathon.Durable.Embedded.Replay;
using Microsoft.Data.Sqlite;

namespace Marathon.Durable.Embedded.Storage;

internal sealed partial class StoreSession
{
    private const string RefColumns = "Key, InstanceId, ExecutionId, Status, UpdatedAt";
    private const string HeadColumns = "Key, InstanceId, ExecutionId, Name, Status, ScheduledStart, ParentKey, Parent, UpdatedAt";
    private const string Active = "Status IN (0, 6, 7)";

    public InstanceRef? Find(string instanceId) =>
        Query($"SELECT {RefColumns} FROM Instances WHERE InstanceId = ?1", ReadRef, instanceId).FirstOrDefault();

    public InstanceRef? Find(long key) =>
        Query($"SELECT {RefColumns} FROM Instances WHERE Key = ?1", ReadRef, key).FirstOrDefault();

    public List<InstanceRef> Children(long key) =>
        Query($"SELECT {RefColumns} FROM Instances WHERE ParentKey = ?1 ORDER BY Key", ReadRef, key);

    /// <summary>Instances that have not ended, and whether their execution has yet to start.</summary>
    public List<(InstanceHead Head, bool NeedsStart)> ActiveHeads() => Query(
        $"SELECT {HeadColumns}, NOT EXISTS (SELECT 1 FROM History WHERE InstanceKey = Key) FROM Instances WHERE {Active} ORDER BY Key",
        row => (ReadHead(row), row.GetBoolean(9)));

    public InstanceHead Head(long key) =>
        Query($"SELECT {HeadColumns} FROM Instances WHERE Key = ?1", ReadHead, key)[0];

    public InstanceHead Insert(NewInstance instance, DateTime now)
    {
        string executionId = Guid.NewGuid().ToString("N");
        long key = Insert(
            """
            INSERT INTO Instances (InstanceId, ExecutionId, Name, Status, CreatedAt, UpdatedAt, ScheduledStart, ParentKey, Parent, Tags, Input)
            VALUES (?1, ?2, ?3, 6, ?4, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING Key
            """,
            instance.InstanceId, executionId, instance.Name, now.Ticks, instance.ScheduledStart?.Ticks, instance.ParentKey,
            StoreJson.WriteOrNull(instance.Parent, StoreJson.Default.ParentReference),
            instance.Tags is { Count: > 0 } tags
                ? StoreJson.WriteOrNull(new Dictionary<string, string>(tags), StoreJson.Default.DictionaryStringString) : null,
            instance.Input);
        return new(key, instance.InstanceId, executionId, instance.Name)
        {
            Parent = instance.Parent,
            ParentKey = instance.ParentKey,
            ScheduledStart = instance.ScheduledStart,
            UpdatedAt = now,
        };
    }

    /// <summary>False when the row is gone or runs under another execution id: then nothing was changed.</summary>
    public bool Update(InstanceHead head, InstanceUpdate update) => Execute(
        """
        UPDATE Instances SET ExecutionId = ?3, Status = ?4, UpdatedAt = ?5, Output = ?6, Failure = ?7,
            CustomStatus = CASE ?8 WHEN 1 THEN ?9 ELSE CustomStatus END,
            Input = CASE ?10 WHEN 1 THEN ?11 ELSE Input END, Carryover = ?12
        WHERE Key = ?1 AND ExecutionId = ?2
        """,
        head.Key, head.ExecutionId, update.ExecutionId, (int)update.Status, update.UpdatedAt.Ticks, update.Output,
        StoreJson.WriteOrNull(update.Failure, StoreJson.Default.TaskFailureDetails),
        update.CustomStatus is null ? 0 : 1, update.CustomStatus?.Serialized,
        update.Next is null ? 0 : 1, update.Next?.Input,
        update.Next is { Carryover.Count: > 0 } next
            ? StoreJson.WriteOrNull(next.Carryover, StoreJson.Default.ListEventRaisedEvent) : null) > 0;

    public void Rewind(long key, string executionId, DateTime now) => Execute(
        "UPDATE Instances SET ExecutionId = ?2, Status = 0, UpdatedAt = ?3, Output = NULL, Failure = NULL WHERE Key = ?1",
        key, executionId, now.Ticks);

    /// <summary>The instance's children report to its new execution from now on.</summary>
    public void Adopt(long childKey, string parentExecutionId)
    {
        InstanceHead child = Head(childKey);
        Execute("UPDATE Instances SET Parent = ?2 WHERE Key = ?1", childKey, StoreJson.WriteOrNull(
            child.Parent! with { ExecutionId = parentExecutionId }, StoreJson.Default.ParentReference));
    }

    public NextGeneration StartData(long key) => Query(
        "SELECT Input, Carryover FROM Instances WHERE Key = ?1",
        row => new NextGeneration(
            TextOrNull(row, 0), StoreJson.ReadOrNull(TextOrNull(row, 1), StoreJson.Default.ListEventRaisedEvent) ?? []),
        key)[0];

    public void Delete(long key)
    {
        DeleteHistory(key);
        DeleteQueued(key);
        Execute("DELETE FROM Instances WHERE Key = ?1", key);
    }

    private static InstanceRef ReadRef(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), (OrchestrationRuntimeStatus)row.GetInt32(3), Utc(row.GetInt64(4)));

    private static InstanceHead ReadHead(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3))
        {
            Status = (OrchestrationRuntimeStatus)row.GetInt32(4),
            ScheduledStart = row.IsDBNull(5) ? null : Utc(row.GetInt64(5)),
            ParentKey = row.IsDBNull(6) ? null : row.GetInt64(6),
            Parent = StoreJson.ReadOrNull(TextOrNull(row, 7), StoreJson.Default.ParentReference),
            UpdatedAt = Utc(row.GetInt64(8)),
        };
}
