using System.Collections.Immutable;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Transactions;

/// <summary>InitProducerId: a producer takes over a transactional id, and fences who had it.</summary>
internal sealed partial class TransactionCoordinator
{
    /// <summary><c>transaction.max.timeout.ms</c>.</summary>
    private const int MaxTimeoutMs = 900_000;

    /// <remarks>For a lie the transaction that is open may go on under the new epoch, for whoever had it to commit.</remarks>
    /// <param name="expectedId">What the producer has already, where it only wants a new epoch; -1 otherwise.</param>
    /// <exception cref="BrokerUnreachableException">A producer id is needed and there is no controller.</exception>
    public async Task<(ErrorCode Error, long ProducerId, short Epoch)> InitProducerIdAsync(
        string transactionalId, int timeoutMs, long expectedId, short expectedEpoch, CancellationToken cancel)
    {
        if (timeoutMs is <= 0 or > MaxTimeoutMs)
            return (ErrorCode.InvalidTransactionTimeout, -1, -1);
        var error = Find(transactionalId, out TransactionPartition partition);
        if (error != ErrorCode.None)
            return (error, -1, -1);
        if (!partition.Entries.TryGetValue(transactionalId, out var entry))
            entry = partition.Entries.GetOrAdd(transactionalId, await NewEntryAsync(partition, transactionalId, timeoutMs, cancel));
        var present = entry.Metadata;
        var spared = expectedId < 0 && present.State == TransactionState.Ongoing && _zombies?.LetsThrough(present.ProducerId, present.Epoch) == true;
        if (present.State == TransactionState.Ongoing && !spared)
        {
            error = CheckExpected(present, expectedId, expectedEpoch);
            if (error == ErrorCode.None)
                await AbortAsync(entry, present.ProducerId, present.Epoch);
            return (error == ErrorCode.None ? ErrorCode.ConcurrentTransactions : error, -1, -1);
        }

        var freshId = present.Epoch >= TransactionMetadata.MaxEpoch ? await _broker.ProducerIds.NextAsync(cancel) : -1;
        TransactionMetadata? next = null;
        error = await entry.ChangeAsync(now => Init(now, timeoutMs, expectedId, expectedEpoch, freshId, spared, out next)).WaitAsync(cancel);
        return error == ErrorCode.None && next is not null ? (error, next.ProducerId, next.Epoch) : (error, -1, -1);
    }

    private static ErrorCode CheckExpected(TransactionMetadata now, long expectedId, short expectedEpoch)
    {
        if (expectedId < 0)
            return ErrorCode.None;
        var isCurrent = expectedId == now.ProducerId && (expectedEpoch == now.Epoch || expectedEpoch == now.LastEpoch);
        return isCurrent || now.Epoch == TransactionMetadata.NoEpoch ? ErrorCode.None : ErrorCode.ProducerFenced;
    }

    private static (ErrorCode Error, TransactionMetadata? Next) Init(
        TransactionMetadata now, int timeoutMs, long expectedId, short expectedEpoch, long freshId, bool spared, out TransactionMetadata? next)
    {
        next = null;
        var error = CheckExpected(now, expectedId, expectedEpoch);
        if (error != ErrorCode.None)
            return (error, null);
        if (now.IsEnding || (now.State == TransactionState.Ongoing && !spared))
            return (ErrorCode.ConcurrentTransactions, null);
        next = now.State == TransactionState.Ongoing ? now with { TimeoutMs = timeoutMs } : now with
        {
            TimeoutMs = timeoutMs,
            State = TransactionState.Empty,
            Partitions = [],
            StartTimestamp = -1,
        };
        if (freshId >= 0 && now.Epoch >= TransactionMetadata.MaxEpoch)
            next = next with { ProducerId = freshId, Epoch = 0, LastEpoch = TransactionMetadata.NoEpoch };
        else if (expectedId < 0 || expectedEpoch == now.Epoch || now.Epoch == TransactionMetadata.NoEpoch)
            next = next with { Epoch = (short)(now.Epoch + 1), LastEpoch = expectedId < 0 ? TransactionMetadata.NoEpoch : now.Epoch };
        return (ErrorCode.None, next);
    }

    private async Task<TransactionEntry> NewEntryAsync(
        TransactionPartition partition, string transactionalId, int timeoutMs, CancellationToken cancel) => new(
        partition,
        _broker.Time,
        new TransactionMetadata(
            transactionalId,
            await _broker.ProducerIds.NextAsync(cancel),
            TransactionMetadata.NoEpoch,
            TransactionMetadata.NoEpoch,
            timeoutMs,
            TransactionState.Empty,
            ImmutableHashSet<TopicPartition>.Empty,
            -1,
            -1));
}
