namespace Marathon.Testbed.Cluster;

/// <summary>The cluster cannot start as asked; the message says why in one line.</summary>
public sealed class TestbedException(string message, Exception? cause = null) : Exception(message, cause);
