using Marathon.Testbed.Cluster;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Transactions;

/// <summary>AddPartitionsToTxn, and the leaders' question whether a partition was added.</summary>
internal sealed partial class TransactionCoordinator
{
    public async Task<ErrorCode> AddPartitionsAsync(
        string transactionalId, long producerId, short epoch, IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancel)
    {
        var error = Find(transactionalId, out TransactionEntry? entry);
        if (error != ErrorCode.None)
            return error;
        return entry is null
            ? ErrorCode.InvalidProducerIdMapping
            : await entry.ChangeAsync(now => Add(now, producerId, epoch, partitions)).WaitAsync(cancel);
    }

    /// <summary>A leader asks before it lets a transaction begin in its log: a late record must not open one that nobody ends.</summary>
    public ErrorCode Verify(string transactionalId, long producerId, short epoch, TopicPartition partition)
    {
        var error = Find(transactionalId, out TransactionEntry? entry);
        if (error != ErrorCode.None)
            return error;
        if (entry is null)
            return ErrorCode.InvalidProducerIdMapping;
        var now = entry.Metadata;
        error = CheckProducer(now, producerId, epoch);
        if (error != ErrorCode.None)
            return error;
        if (now.IsEnding)
            return ErrorCode.ConcurrentTransactions;
        return now.State == TransactionState.Ongoing && now.Partitions.Contains(partition) ? ErrorCode.None : ErrorCode.InvalidTxnState;
    }

    private ErrorCode CheckProducer(TransactionMetadata now, long producerId, short epoch)
    {
        if (now.ProducerId != producerId)
            return ErrorCode.InvalidProducerIdMapping;
        if (epoch < now.Epoch && _zombies?.LetsThrough(producerId, epoch) == true)
            return ErrorCode.None;
        return now.Epoch == epoch ? ErrorCode.None : ErrorCode.ProducerFenced;
    }

    private (ErrorCode Error, TransactionMetadata? Next) Add(
        TransactionMetadata now, long producerId, short epoch, IReadOnlyCollection<TopicPartition> partitions)
    {
        var error = CheckProducer(now, producerId, epoch);
        if (error != ErrorCode.None)
            return (error, null);
        if (now.IsEnding)
            return (ErrorCode.ConcurrentTransactions, null);
        if (now.State == TransactionState.Ongoing && partitions.All(now.Partitions.Contains))
            return (ErrorCode.None, null);
        return (ErrorCode.None, now.State == TransactionState.Ongoing
            ? now with { Partitions = now.Partitions.Union(partitions) }
            : now with
            {
                State = TransactionState.Ongoing,
                Partitions = [.. partitions],
                StartTimestamp = _broker.Time.GetUtcNow().ToUnixTimeMilliseconds(),
            });
    }
}
