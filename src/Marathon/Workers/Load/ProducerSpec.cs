namespace Marathon.Workers.Load;

/// <summary>One producer of a worker.</summary>
/// <param name="Name">Unique within the run, stable across replacements: <c>w0-p1</c>.</param>
/// <param name="Incarnation">This life of it: unique within the run, never 0, never used again.</param>
/// <param name="Topic">Name of the topic that it writes.</param>
/// <param name="TransactionalId">Null without transactions.</param>
public sealed record ProducerSpec(string Name, long Incarnation, string Topic, string? TransactionalId = null);
