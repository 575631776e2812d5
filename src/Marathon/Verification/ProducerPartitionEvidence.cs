namespace Marathon.Verification;

/// <summary>
/// The sequences of one incarnation in one partition. Those below <see cref="Next"/> in none of the sets are in flight:
/// if the worker dies they, and any sequence beyond, are indeterminate.
/// </summary>
public sealed record ProducerPartitionEvidence
{
    /// <summary>The partition.</summary>
    public required int Partition { get; init; }

    /// <summary>The next sequence, which is the number of records sent so far.</summary>
    public required long Next { get; init; }

    /// <summary>Acknowledged, and in a committed transaction or in none.</summary>
    public Intervals Acknowledged { get; init; } = Intervals.Empty;

    /// <summary>Definitely failed.</summary>
    public Intervals Failed { get; init; } = Intervals.Empty;

    /// <summary>Nobody can say.</summary>
    public Intervals Indeterminate { get; init; } = Intervals.Empty;

    /// <summary>In an aborted transaction: counted as failed, but visible to a read_uncommitted consumer.</summary>
    public Intervals Aborted { get; init; } = Intervals.Empty;

    /// <summary>The highest acknowledged offset that is known, and its sequence; null when none is.</summary>
    public AcknowledgedOffset? Highest { get; init; }

    /// <summary>The lowest acknowledged offset that is known, and its sequence.</summary>
    public AcknowledgedOffset? Lowest { get; init; }

    /// <summary>
    /// Whether the sets ran out of room: sequences that should be in another set are in <see cref="Indeterminate"/>,
    /// and what is said about them is no longer a verdict.
    /// </summary>
    public bool Overflowed { get; init; }

    /// <summary>Acknowledged at an offset not above one that was acknowledged before this send began.</summary>
    public long RealtimeInversions { get; init; }

    /// <summary>Some of them.</summary>
    public IReadOnlyList<AnomalyExample> Examples { get; init; } = [];
}
