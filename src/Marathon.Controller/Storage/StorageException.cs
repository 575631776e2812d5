namespace Marathon.Controller.Storage;

/// <summary>The data folder could not be written or read. The message says which file, why, and what to do.</summary>
public sealed class StorageException(string message, Exception inner) : IOException(message, inner);
