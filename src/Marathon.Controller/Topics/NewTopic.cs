namespace Marathon.Controller.Topics;

/// <summary>A topic to make.</summary>
public sealed record NewTopic(string Name, int Partitions, int Replication, IReadOnlyDictionary<string, string> Properties);
