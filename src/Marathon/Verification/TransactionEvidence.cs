namespace Marathon.Verification;

/// <summary>One transaction of one incarnation.</summary>
public sealed record TransactionEvidence
{
    /// <summary>Its id in record headers, from 1.</summary>
    public required long Id { get; init; }

    /// <summary>How it ended.</summary>
    public required TransactionOutcome Outcome { get; init; }

    /// <summary>When it began, in nanoseconds since the Unix epoch, by the producer's clock.</summary>
    public required long BeganAt { get; init; }

    /// <summary>When the producer asked to end it; 0 while it has not.</summary>
    public long EndingAt { get; init; }

    /// <summary>When the end was confirmed; 0 when it was not.</summary>
    public long EndedAt { get; init; }

    /// <summary>Its records.</summary>
    public IReadOnlyList<TransactionRange> Ranges { get; init; } = [];

    /// <summary>Transactions of which it read a record, under read_committed; at most <see cref="CheckerLimits.ReadFrom"/>.</summary>
    public IReadOnlyList<TransactionRef> ReadFrom { get; init; } = [];
}
