namespace Marathon.Workers.Load;

/// <summary>The system under test cannot be reached, or refuses what the load needs.</summary>
public sealed class LoadException(string message, Exception? cause = null) : Exception(message, cause);
