namespace Marathon.Cli.Clusters;

/// <summary>What a local cluster's control API answers to <c>GET /state</c>.</summary>
/// <param name="Version">Of Kafka, as far as there is one.</param>
/// <param name="Brokers">Every broker, dead ones too.</param>
internal sealed record ClusterState(string Version, IReadOnlyList<BrokerState> Brokers);

/// <summary>One broker.</summary>
/// <param name="Id">Node id.</param>
/// <param name="Address">host:port.</param>
/// <param name="State">running, paused or dead.</param>
/// <param name="Pid">Where it is a process of its own.</param>
internal sealed record BrokerState(int Id, string Address, string State, int? Pid);
