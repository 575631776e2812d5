namespace Marathon.Kafka.Admin;

/// <summary>A topic to make.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Partitions">Number of partitions.</param>
/// <param name="Replication">Replicas of each.</param>
/// <param name="Properties">Properties of the topic, by their Kafka names.</param>
public sealed record TopicRequest(string Name, int Partitions, int Replication, IReadOnlyDictionary<string, string> Properties);
