using Marathon.Testbed.Protocol;
using Marathon.Testbed.Records;
using Marathon.Testbed.Storage;

namespace Marathon.Testbed.Replication;

/// <summary>Transactions in this partition.</summary>
internal sealed partial class Replica
{
    private long _heldStableOffset = long.MaxValue;

    private long LastStableOffset => Math.Min(_heldStableOffset, Log.LastStableOffset(_highWatermark));

    /// <summary>How many producers have a transaction open here.</summary>
    public int OpenTransactions
    {
        get
        {
            lock (_sync)
                return Log.Producers.OpenTransactions;
        }
    }

    /// <summary>For a lie: the last stable offset goes no further.</summary>
    public void HoldLastStableOffset(long offset)
    {
        lock (_sync)
            _heldStableOffset = offset;
    }

    /// <summary>Appends a transaction's marker, unless an older coordinator or producer sends it.</summary>
    public AppendOutcome AppendMarker(long producerId, short producerEpoch, ControlMarker marker)
    {
        lock (_sync)
        {
            if (!IsLeader)
                return AppendOutcome.Failed(ErrorCode.NotLeaderOrFollower);
            if (_isr.Length < RequiredInSync)
                return AppendOutcome.Failed(ErrorCode.NotEnoughReplicas);
            if (Log.Producers.Find(producerId) is { } known)
            {
                if (known.CoordinatorEpoch > marker.CoordinatorEpoch)
                    return AppendOutcome.Failed(ErrorCode.TransactionCoordinatorFenced);
                if (known.Epoch > producerEpoch)
                    return AppendOutcome.Failed(ErrorCode.InvalidProducerEpoch);
            }

            var batch = marker.ToBatch(producerId, producerEpoch, _time.GetUtcNow().ToUnixTimeMilliseconds());
            return AppendToLog(batch, RecordBatchHeader.Read(batch));
        }
    }

    /// <summary>True when this batch would begin a transaction here.</summary>
    public bool BeginsTransaction(in RecordBatchHeader batch)
    {
        if (!batch.IsTransactional)
            return false;
        lock (_sync)
            return IsLeader && Log.Producers.Find(batch.ProducerId) is not { TransactionFirstOffset: >= 0 };
    }

    public bool HasTransactionOf(long producerId)
    {
        lock (_sync)
            return Log.Producers.Find(producerId) is { TransactionFirstOffset: >= 0 };
    }

    /// <summary>The first offset of the transaction that a producer has open here; null where it has none.</summary>
    public long? BeginningOfTransaction(long producerId)
    {
        lock (_sync)
            return Log.Producers.Find(producerId) is { TransactionFirstOffset: >= 0 and var first } ? first : null;
    }

    public IReadOnlyList<ProducerEntry> Producers()
    {
        lock (_sync)
            return [.. Log.Producers.Entries];
    }
}
