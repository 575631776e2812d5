namespace Marathon.Workers.Load;

/// <summary>
/// A consume-transform-produce step of a worker: each record of one topic becomes one of another, and the offsets that it has
/// come to are committed in the same transaction. It is the reader of the first topic too, and checks what it reads.
/// </summary>
/// <param name="Name">Unique within the run, stable across replacements: <c>w0-t0</c>.</param>
/// <param name="Incarnation">The first of its block of <see cref="ProducerSpec.IncarnationsPerLife"/>.</param>
/// <param name="From">Name of the topic that it reads.</param>
/// <param name="To">Name of the topic that it writes.</param>
/// <param name="Group">Consumer group id; the members share the partitions by the group protocol.</param>
/// <param name="TransactionalId">Stable across replacements.</param>
public sealed record PipelineSpec(string Name, long Incarnation, string From, string To, string Group, string TransactionalId);
