using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Marathon.Durable.Embedded.Storage;

internal sealed partial class StoreSession
{
    private const string Light = "Key, InstanceId, Name, Status, CreatedAt, UpdatedAt, Tags, Failure";
    private const string Full = Light + ", Input, Output, CustomStatus";

    public OrchestrationMetadata? Get(string instanceId, DataConverter? dataConverter) => Query(
        $"SELECT {(dataConverter is null ? Light : Full)} FROM Instances WHERE InstanceId = ?1",
        row => ReadMetadata(row, dataConverter), instanceId).FirstOrDefault();

    /// <summary>A page of instances in the order of their creation, and the key of the last of them.</summary>
    public (List<OrchestrationMetadata> Page, long LastKey) List(OrchestrationQuery query, long afterKey, DataConverter converter)
    {
        (string where, object?[] values) = Filter(3, query.CreatedFrom, query.CreatedTo, query.Statuses, query.InstanceIdPrefix);
        DataConverter? full = query.FetchInputsAndOutputs ? converter : null;
        long lastKey = afterKey;
        using Statement statement = new(
            _connection,
            $"SELECT {(full is null ? Light : Full)} FROM Instances WHERE Key > ?1 {where} ORDER BY Key LIMIT ?2",
            values.Length + 2);
        List<OrchestrationMetadata> page = statement.Query(
            row =>
            {
                lastKey = row.GetInt64(0);
                return ReadMetadata(row, full);
            },
            [afterKey, query.PageSize, .. values]);
        return (page, lastKey);
    }

    public List<InstanceRef> Ended(PurgeInstancesFilter filter)
    {
        (string where, object?[] values) = Filter(1, filter.CreatedFrom, filter.CreatedTo, filter.Statuses, null);
        using Statement statement = new(
            _connection, $"SELECT {RefColumns} FROM Instances WHERE NOT {Active} {where} ORDER BY Key", values.Length);
        return statement.Query(ReadRef, values);
    }

    /// <summary>Instances that ended before then, except children of an execution that goes on.</summary>
    public List<InstanceRef> Expired(DateTime endedBefore, int count) => Query(
        $"""
        SELECT {RefColumns} FROM Instances WHERE NOT {Active} AND UpdatedAt < ?1 AND NOT EXISTS (
            SELECT 1 FROM Instances p WHERE p.Key = Instances.ParentKey AND (p.Status NOT IN (0, 6, 7) AND p.UpdatedAt >= ?1
                OR p.{Active} AND p.ExecutionId = json_extract(Instances.Parent, '$.ExecutionId')))
        ORDER BY Key LIMIT ?2
        """,
        ReadRef, endedBefore.Ticks, count);

    /// <param name="first">The number of the first placeholder; those before it are the caller's.</param>
    private static (string Where, object?[] Values) Filter(
        int first, DateTimeOffset? from, DateTimeOffset? to, IEnumerable<OrchestrationRuntimeStatus>? statuses, string? prefix)
    {
        List<string> conditions = [];
        List<object?> values = [];
        if (from is { } earliest)
            conditions.Add("CreatedAt >= " + Value(earliest.UtcTicks));
        if (to is { } latest)
            conditions.Add("CreatedAt <= " + Value(latest.UtcTicks));
        if (statuses?.Distinct().ToList() is { Count: > 0 } wanted)
            conditions.Add("Status IN (" + string.Join(", ", wanted.Select(status => Value((int)status))) + ")");
        if (!string.IsNullOrEmpty(prefix))
        {
            // Ids are printable ASCII: everything with the prefix lies below the prefix and DEL.
            conditions.Add("InstanceId >= " + Value(prefix) + " AND InstanceId < " + Value(prefix + '\x7f'));
        }

        return (string.Concat(conditions.Select(condition => " AND " + condition)), [.. values]);

        string Value(object value)
        {
            values.Add(value);
            return "?" + (values.Count - 1 + first).ToString(CultureInfo.InvariantCulture);
        }
    }

    private static OrchestrationMetadata ReadMetadata(SqliteDataReader row, DataConverter? converter) =>
        new(row.GetString(2), row.GetString(1))
        {
            RuntimeStatus = (OrchestrationRuntimeStatus)row.GetInt32(3),
            CreatedAt = Utc(row.GetInt64(4)),
            LastUpdatedAt = Utc(row.GetInt64(5)),
            Tags = StoreJson.ReadOrNull(TextOrNull(row, 6), StoreJson.Default.DictionaryStringString)?.ToImmutableDictionary()
                ?? ImmutableDictionary<string, string>.Empty,
            FailureDetails = StoreJson.ReadOrNull(TextOrNull(row, 7), StoreJson.Default.TaskFailureDetails),
            DataConverter = converter,
            SerializedInput = converter is null ? null : TextOrNull(row, 8),
            SerializedOutput = converter is null ? null : TextOrNull(row, 9),
            SerializedCustomStatus = converter is null ? null : TextOrNull(row, 10),
        };
}
