namespace Marathon.Verification;

/// <summary>One anomaly, told so that somebody can look for it.</summary>
public sealed record AnomalyExample
{
    /// <summary>Its topic.</summary>
    public string? Topic { get; init; }

    /// <summary>Its partition.</summary>
    public int? Partition { get; init; }

    /// <summary>The offset it was seen at.</summary>
    public long? Offset { get; init; }

    /// <summary>Where its offset is not known, or it has none for it is missing: the offsets among which it is, or belongs.</summary>
    public Interval? Between { get; init; }

    /// <summary>The producer's incarnation.</summary>
    public long? Incarnation { get; init; }

    /// <summary>The sequence, or the first of several.</summary>
    public long? Sequence { get; init; }

    /// <summary>Number of the key.</summary>
    public int? KeyId { get; init; }

    /// <summary>When the record was sent, by its header.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When it was seen.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>The consumer or producer that saw it.</summary>
    public string? SeenBy { get; init; }

    /// <summary>What is wrong, in a sentence.</summary>
    public required string Detail { get; init; }

    /// <summary>
    /// What was around it: the five records read before it in that partition, itself, and the five after it; of records that are
    /// missing, what was read of their producer before and after them; of groups and transactions, what they did before and after
    /// it. Then, of a violation, what the log held there once the load was over (<see cref="LogExcerpt"/>).
    /// </summary>
    public IReadOnlyList<string>? Around { get; init; }
}
