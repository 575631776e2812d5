using System.Collections.Immutable;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Transactions;

/// <summary>EndTxn: first the decision is written, then the markers, then that it is done.</summary>
internal sealed partial class TransactionCoordinator
{
    public async Task<ErrorCode> EndAsync(string transactionalId, long producerId, short epoch, bool commit, CancellationToken cancel)
    {
        var error = Find(transactionalId, out TransactionEntry? entry);
        if (error != ErrorCode.None)
            return error;
        if (entry is null)
            return ErrorCode.InvalidProducerIdMapping;
        TransactionMetadata? prepared = null;
        error = await entry.ChangeAsync(now => Prepare(now, producerId, epoch, commit, out prepared)).WaitAsync(cancel);
        if (error == ErrorCode.None && prepared is not null)
        {
            if (commit && epoch < prepared.Epoch)
                _zombies?.Committed(transactionalId, producerId, epoch, prepared.Epoch);
            _ = CompleteAsync(entry, prepared);
        }

        return error;
    }

    /// <summary>The coordinator itself ends a transaction; the epoch goes up, so that its producer is fenced.</summary>
    private async Task AbortAsync(TransactionEntry entry, long producerId, short epoch)
    {
        TransactionMetadata? prepared = null;
        var error = await entry.ChangeAsync(now =>
        {
            var (refused, next) = Prepare(now, producerId, epoch, commit: false, out _);
            prepared = next is null ? null : next with { Epoch = (short)Math.Min(epoch + 1, short.MaxValue), LastEpoch = TransactionMetadata.NoEpoch };
            return (refused, prepared);
        });
        if (error == ErrorCode.None && prepared is not null)
            _ = CompleteAsync(entry, prepared);
    }

    private (ErrorCode Error, TransactionMetadata? Next) Prepare(
        TransactionMetadata now, long producerId, short epoch, bool commit, out TransactionMetadata? next)
    {
        next = null;
        var error = CheckProducer(now, producerId, epoch);
        if (error != ErrorCode.None)
            return (error, null);
        switch (now.State)
        {
            case TransactionState.Ongoing:
                next = now with { State = commit ? TransactionState.PrepareCommit : TransactionState.PrepareAbort };
                return (ErrorCode.None, next);
            case TransactionState.CompleteCommit when commit:
            case TransactionState.CompleteAbort when !commit:
                return (ErrorCode.None, null);
            case TransactionState.PrepareCommit when commit:
            case TransactionState.PrepareAbort when !commit:
                return (ErrorCode.ConcurrentTransactions, null);
            default:
                return (ErrorCode.InvalidTxnState, null);
        }
    }

    private async Task CompleteAsync(TransactionEntry entry, TransactionMetadata prepared)
    {
        try
        {
            var committed = prepared.State == TransactionState.PrepareCommit;
            if (!await _markers.SendAsync(prepared, committed, entry.Partition, _broker.Life))
                return;
            await entry.ChangeAsync(now => now.State == prepared.State
                ? (ErrorCode.None, now with
                {
                    State = committed ? TransactionState.CompleteCommit : TransactionState.CompleteAbort,
                    Partitions = ImmutableHashSet<TopicPartition>.Empty,
                })
                : (ErrorCode.InvalidTxnState, null));
        }
        catch (OperationCanceledException)
        {
            // The broker's life is over: the next coordinator finds the decision in the log and goes on.
        }
    }
}
