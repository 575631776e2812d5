namespace Marathon.Testbed.Cluster;

/// <summary>Another broker did not answer: it is dead, paused for too long, or the link to it is cut.</summary>
internal sealed class BrokerUnreachableException(string message) : Exception(message);
