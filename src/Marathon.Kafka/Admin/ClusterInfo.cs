namespace Marathon.Kafka.Admin;

/// <summary>What a cluster says of itself.</summary>
/// <param name="ClusterId">Its id; empty when it has none.</param>
/// <param name="ControllerId">The broker that clients are told is the controller; null when there is none.</param>
/// <param name="Brokers">Its living brokers.</param>
/// <param name="Protocol">The protocol of the broker that answered.</param>
public sealed record ClusterInfo(string ClusterId, int? ControllerId, IReadOnlyList<BrokerNode> Brokers, ApiVersions Protocol);
