using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Marathon.Durable.Embedded.Storage;

/// <summary>The statements. Used by the store's thread alone, inside its transaction.</summary>
internal sealed partial class StoreSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, Statement> _statements = [];
    private long _lastSequence;

    public StoreSession(SqliteConnection connection)
    {
        _connection = connection;
        _lastSequence = Scalar("SELECT max(ifnull((SELECT max(Sequence) FROM Inbox), 0), ifnull((SELECT max(Sequence) FROM Tasks), 0))");
    }

    /// <summary>Rows inserted, changed or deleted since the database was opened.</summary>
    public int RowsWritten => SQLitePCL.raw.sqlite3_total_changes(_connection.Handle);

    public void Begin() => Execute("BEGIN IMMEDIATE");

    public void Commit() => Execute("COMMIT");

    public void Rollback() => Execute("ROLLBACK");

    public void Dispose()
    {
        foreach (Statement statement in _statements.Values)
            statement.Dispose();
        _connection.Dispose();
    }

    private static DateTime Utc(long ticks) => new(ticks, DateTimeKind.Utc);

    private static string? TextOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>Never given twice in the life of a process, so that a late deletion cannot hit another's row.</summary>
    private long NextSequence() => ++_lastSequence;

    private int Execute(string sql, params ReadOnlySpan<object?> values) => Prepared(sql, values.Length).Execute(values);

    private long Insert(string sql, params ReadOnlySpan<object?> values) => Prepared(sql, values.Length).Insert(values);

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values) =>
        Prepared(sql, values.Length).Query(read, values);

    private long Scalar(string sql, params ReadOnlySpan<object?> values) =>
        Convert.ToInt64(Query(sql, row => row.GetInt64(0), values)[0], CultureInfo.InvariantCulture);

    private Statement Prepared(string sql, int parameters)
    {
        if (!_statements.TryGetValue(sql, out Statement? statement))
            _statements.Add(sql, statement = new Statement(_connection, sql, parameters));
        return statement;
    }
}
