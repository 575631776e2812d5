namespace Marathon.Controller.Clusters;

/// <summary>A cluster that serves.</summary>
/// <param name="Kind">testbed, kafka or existing.</param>
/// <param name="Version">Its version, as far as it tells.</param>
/// <param name="Brokers">Number of brokers.</param>
/// <param name="BootstrapServers"><c>host:port,…</c></param>
public sealed record ClusterDescription(string Kind, string Version, int Brokers, string BootstrapServers);
