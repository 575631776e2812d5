namespace Marathon.Durable.Embedded;

/// <summary>The database cannot be used: it is corrupt, another application's, or a newer version's. It was not changed.</summary>
public sealed class DurableStoreException(string databasePath, string message, Exception? innerException = null)
    : IOException(message, innerException)
{
    public string DatabasePath { get; } = databasePath;
}
