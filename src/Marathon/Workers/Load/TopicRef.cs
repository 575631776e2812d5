namespace Marathon.Workers.Load;

/// <summary>A topic of the run, as records name it.</summary>
/// <param name="Name">Topic name.</param>
/// <param name="Id">Id in record headers: unique within the run, from 1.</param>
/// <param name="Partitions">Number of partitions.</param>
public sealed record TopicRef(string Name, int Id, int Partitions);
