namespace Marathon.Kafka.Admin;

/// <summary>A broker as the cluster's metadata names it.</summary>
public sealed record BrokerNode(int Id, string Host, int Port);
