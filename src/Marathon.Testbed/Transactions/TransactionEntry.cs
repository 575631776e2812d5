using Marathon.Testbed.Coordination;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Transactions;

/// <summary>A transactional id at its coordinator. Its state changes by being written: one change at a time.</summary>
internal sealed class TransactionEntry(TransactionPartition partition, TimeProvider time, TransactionMetadata metadata)
{
    private readonly Lock _sync = new();
    private TransactionMetadata _metadata = metadata;
    private bool _isChanging;

    public TransactionPartition Partition { get; } = partition;

    public TransactionMetadata Metadata => Volatile.Read(ref _metadata);

    /// <summary>
    /// Decides on the next state, writes it and makes it the present one. <paramref name="decide"/> sees the present state and gives
    /// the next one, or an error, or neither when nothing has to change.
    /// </summary>
    public async Task<ErrorCode> ChangeAsync(Func<TransactionMetadata, (ErrorCode Error, TransactionMetadata? Next)> decide)
    {
        TransactionMetadata next;
        Task<ErrorCode> replicated;
        lock (_sync)
        {
            if (_isChanging)
                return ErrorCode.ConcurrentTransactions;
            var (error, wanted) = decide(_metadata);
            if (error != ErrorCode.None || wanted is null)
                return error;
            next = wanted with { LastUpdateTimestamp = time.GetUtcNow().ToUnixTimeMilliseconds() };
            _isChanging = true;
            replicated = Write(next);
        }

        var written = await replicated;
        lock (_sync)
        {
            _isChanging = false;
            if (written == ErrorCode.None)
                Volatile.Write(ref _metadata, next);
        }

        return CoordinatorPartition.ForClient(written);
    }

    private Task<ErrorCode> Write(TransactionMetadata next) => Partition.Append(
        [
            (CoordinatorRecord.Write(TransactionLogKey.Type, new TransactionLogKey { TransactionalId = next.TransactionalId }),
             CoordinatorRecord.Write(TransactionLogValue.Version, TransactionLogValue.Of(next))),
        ],
        time.GetUtcNow()).Replicated;
}
