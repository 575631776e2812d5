namespace Marathon.Durable.Embedded;

/// <summary>Another engine owns the database; there is one owner at a time.</summary>
public sealed class DurableStoreInUseException(string databasePath, int? ownerProcessId, Exception? innerException = null)
    : IOException(
        $"The database {databasePath} belongs to a running engine" +
        (ownerProcessId is { } pid ? $" (process {pid})" : "") + ". Stop it, or choose another data folder.",
        innerException)
{
    public string DatabasePath { get; } = databasePath;

    /// <summary>Null when it cannot be told.</summary>
    public int? OwnerProcessId { get; } = ownerProcessId;
}
