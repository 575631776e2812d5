namespace Marathon.Kafka.Admin;

/// <summary>No broker answered in time.</summary>
public sealed class ClusterUnreachableException(string bootstrapServers, TimeSpan within, string reason, Exception? cause = null)
    : Exception($"no broker of {bootstrapServers} answered within {within.TotalSeconds:0.#} s ({reason}); check that the cluster runs and that the address is right", cause)
{
    /// <summary>The servers that were tried.</summary>
    public string BootstrapServers { get; } = bootstrapServers;
}
