namespace Marathon.Workers.Load;

/// <summary>One producer of a worker.</summary>
/// <param name="Name">Unique within the run, stable across replacements: <c>w0-p1</c>.</param>
/// <param name="Incarnation">
/// The first incarnation of this life of it, and of a block of <see cref="IncarnationsPerLife"/> that nobody else in the run
/// is ever given: a producer whose client ends fatally goes on with the next of them. Never 0.
/// </param>
/// <param name="Topic">Name of the topic that it writes.</param>
/// <param name="TransactionalId">Null without transactions.</param>
public sealed record ProducerSpec(string Name, long Incarnation, string Topic, string? TransactionalId = null)
{
    /// <summary>
    /// Size of the block of incarnations that one life of a producer may use: the n-th life handed out in a run, from 1,
    /// begins at <c>n * IncarnationsPerLife</c>.
    /// </summary>
    public const long IncarnationsPerLife = 1 << 16;
}
