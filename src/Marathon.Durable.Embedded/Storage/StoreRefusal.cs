using Microsoft.Data.Sqlite;

namespace Marathon.Durable.Embedded.Storage;

/// <summary>Tells errors of the data from errors of the moment.</summary>
internal static class StoreRefusal
{
    // SQLite's primary result codes.
    private const int TooBig = 18, Constraint = 19, Mismatch = 20;

    /// <summary>Whether the database will never take what it was given: trying again would go on for ever.</summary>
    public static bool IsFinal(SqliteException error) => error.SqliteErrorCode is TooBig or Constraint or Mismatch;
}
