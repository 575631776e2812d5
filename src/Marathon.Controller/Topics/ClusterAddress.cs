namespace Marathon.Controller.Topics;

/// <summary>How to reach a run's cluster.</summary>
/// <param name="BootstrapServers"><c>host:port,…</c></param>
/// <param name="ClientProperties">Further properties of clients, by their Kafka names.</param>
public sealed record ClusterAddress(string BootstrapServers, IReadOnlyDictionary<string, string> ClientProperties);
