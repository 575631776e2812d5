namespace Marathon.Reports;

/// <summary>The system under test.</summary>
/// <param name="Kind">testbed, kafka or existing.</param>
/// <param name="Version">Its version, as far as it tells.</param>
/// <param name="Brokers">Number of brokers.</param>
/// <param name="BootstrapServers">Where it was reached.</param>
public sealed record ClusterReport(string Kind, string Version, int Brokers, string BootstrapServers);
