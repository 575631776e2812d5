namespace Marathon.Controller.Clusters;

/// <summary>The cluster that a run asks for.</summary>
/// <param name="RunId">The run; empty while a spec is only checked.</param>
/// <param name="Cluster"><c>testbed</c>, <c>kafka</c> or bootstrap servers.</param>
/// <param name="Brokers">Number of brokers, where they are made for the run.</param>
/// <param name="KafkaHome">Folder of an Apache Kafka distribution.</param>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="Lies">Lies for the testbed.</param>
public sealed record ClusterRequest(string RunId, string Cluster, int Brokers, string? KafkaHome, long Seed, IReadOnlyList<string> Lies);
