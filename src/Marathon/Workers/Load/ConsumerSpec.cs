namespace Marathon.Workers.Load;

/// <summary>One consumer of a worker.</summary>
/// <param name="Name">Unique within the run, stable across replacements: <c>w0-c1</c>.</param>
/// <param name="Topic">Name of the topic that it reads.</param>
/// <param name="Group">Consumer group id. With <see cref="Assignment.Assign"/> offsets are not committed to it.</param>
/// <param name="Partitions">The partitions it reads with <see cref="Assignment.Assign"/>; empty with subscribe.</param>
public sealed record ConsumerSpec(string Name, string Topic, string Group, IReadOnlyList<int> Partitions);
