namespace Marathon.Verification;

/// <summary>What one consumer has read.</summary>
public sealed record ConsumerEvidence
{
    /// <summary>The consumer's name, stable across replacements.</summary>
    public required string Name { get; init; }

    /// <summary>Its group; null with assign.</summary>
    public string? Group { get; init; }

    /// <summary>Its isolation level.</summary>
    public required Isolation Isolation { get; init; }

    /// <summary>Whether it read again, after the load, what others had missed.</summary>
    public bool Rereader { get; init; }

    /// <summary>What it has read, by partition.</summary>
    public IReadOnlyList<PartitionEvidence> Partitions { get; init; } = [];

    /// <summary>The latest transactions that it saw, with read_committed.</summary>
    public IReadOnlyList<TransactionSighting> Transactions { get; init; } = [];

    /// <summary>Transactions seen open that are no longer listed.</summary>
    public long ForgottenOpenTransactions { get; init; }

    /// <summary>Records received, rereads included.</summary>
    public long Received { get; init; }
}
