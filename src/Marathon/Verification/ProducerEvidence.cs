using Marathon.Workers.Load;

namespace Marathon.Verification;

/// <summary>What one incarnation of a producer knows about its records.</summary>
public sealed record ProducerEvidence
{
    /// <summary>The incarnation; unique within the run.</summary>
    public required long Incarnation { get; init; }

    /// <summary>The producer's name, stable across incarnations.</summary>
    public required string Name { get; init; }

    /// <summary>The topic it writes.</summary>
    public required string Topic { get; init; }

    /// <summary>Null without transactions.</summary>
    public string? TransactionalId { get; init; }

    /// <summary>Its acks.</summary>
    public required Acks Acks { get; init; }

    /// <summary>The guarantee that was asked for.</summary>
    public required Guarantee Guarantee { get; init; }

    /// <summary>Orderly closed: every send is resolved and none will follow.</summary>
    public bool Settled { get; init; }

    /// <summary>What it knows by partition.</summary>
    public IReadOnlyList<ProducerPartitionEvidence> Partitions { get; init; } = [];

    /// <summary>Open transactions, those of unknown outcome, and the latest of the others.</summary>
    public IReadOnlyList<TransactionEvidence> Transactions { get; init; } = [];

    /// <summary>Whether transactions were forgotten for lack of room; what they held is still in the sets of the partitions.</summary>
    public bool TransactionsForgotten { get; init; }
}
