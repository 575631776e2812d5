using System.Collections.Immutable;
using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Transactions;

/// <summary>What a coordinator knows of a transactional id.</summary>
/// <param name="LastEpoch">The epoch before the client itself asked for a new one, so that it may ask again; else -1.</param>
internal sealed record TransactionMetadata(
    string TransactionalId,
    long ProducerId,
    short Epoch,
    short LastEpoch,
    int TimeoutMs,
    TransactionState State,
    ImmutableHashSet<TopicPartition> Partitions,
    long StartTimestamp,
    long LastUpdateTimestamp)
{
    public const short NoEpoch = -1;

    /// <summary>The last epoch of a producer id; one is left for fencing.</summary>
    public const short MaxEpoch = short.MaxValue - 1;

    public bool IsEnding => State is TransactionState.PrepareCommit or TransactionState.PrepareAbort;
}
