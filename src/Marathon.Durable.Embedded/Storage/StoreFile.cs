using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Marathon.Durable.Embedded.Storage;

/// <summary>Opens the database, or says why not. A file that is not ours, or broken, is never written to.</summary>
internal static class StoreFile
{
    private const int SqliteBusy = 5;
    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;

    public static SqliteConnection OpenInMemory()
    {
        SqliteConnection connection = new("Data Source=:memory:;Pooling=False");
        connection.Open();
        Create(connection);
        return connection;
    }

    /// <exception cref="DurableStoreException">The file is corrupt, another application's or a newer version's.</exception>
    /// <exception cref="DurableStoreInUseException">Another process has it open.</exception>
    public static SqliteConnection Open(string path)
    {
        bool isNew = !File.Exists(path) || new FileInfo(path).Length == 0;
        SqliteConnection? connection = null;
        try
        {
            if (isNew)
                CreateForOwner(path);
            else
                Examine(path);
            connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
            connection.Open();

            // Exclusive: no other process can open the database even by another path, and WAL needs no shared memory.
            // FULL: a commit is on the disk when it returns, so what a caller was promised survives a loss of power.
            Run(connection, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;");
            if (isNew || Number(connection, "PRAGMA user_version") == 0)
                Create(connection);
            return connection;
        }
        catch (SqliteException e)
        {
            connection?.Dispose();
            throw e.SqliteErrorCode switch
            {
                SqliteBusy => new DurableStoreInUseException(path, null, e),
                SqliteCorrupt or SqliteNotADatabase => Corrupt(path, e.Message, e),
                _ => new DurableStoreException(path, $"The database {path} cannot be opened: {e.Message}", e),
            };
        }
        catch (DurableStoreException)
        {
            connection?.Dispose();
            throw;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DurableStoreException(path, $"The database {path} cannot be made: {e.Message}", e);
        }
    }

    // Inputs may hold secrets. SQLite gives the log beside it the same mode.
    private static void CreateForOwner(string path)
    {
        if (!OperatingSystem.IsWindows())
            using (new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite })) { }
    }

    private static void Create(SqliteConnection connection) => Run(connection, string.Create(CultureInfo.InvariantCulture, $"""
        BEGIN IMMEDIATE;
        PRAGMA application_id = {Schema.ApplicationId};
        {Schema.Tables}
        PRAGMA user_version = {Schema.Version};
        COMMIT;
        """));

    private static void Examine(string path)
    {
        using SqliteConnection connection = new(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        long application = Number(connection, "PRAGMA application_id");
        long version = Number(connection, "PRAGMA user_version");
        if (application != Schema.ApplicationId)
        {
            // A crash between creating the file and its tables leaves an empty database: that one is ours to fill.
            if (application == 0 && version == 0 && Number(connection, "SELECT count(*) FROM sqlite_schema") == 0)
                return;
            throw new DurableStoreException(path,
                $"{path} is an SQLite database of another application. It was left as it is; choose another data folder or move the file away.");
        }

        if (version > Schema.Version)
        {
            throw new DurableStoreException(path,
                $"{path} was written by a newer version (schema {version}; this one knows up to {Schema.Version}). It was left as it is; use that version.");
        }

        string check = Text(connection, "PRAGMA quick_check(1)");
        if (check != "ok")
            throw Corrupt(path, check, null);
    }

    private static DurableStoreException Corrupt(string path, string detail, Exception? cause) => new(path,
        $"{path} is corrupt or no SQLite database ({detail}). It was left as it is; restore a backup, or move it and the files beside it away to begin anew.",
        cause);

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql) => Convert.ToInt64(Scalar(connection, sql), CultureInfo.InvariantCulture);

    private static string Text(SqliteConnection connection, string sql) => Scalar(connection, sql)?.ToString() ?? "";

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
