using Marathon.Testbed.Protocol;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Storage;

/// <summary>
/// The producers of one partition: the sequence check of idempotent producers, and which transactions are open. A function of the
/// log, so a new leader has it too.
/// </summary>
internal sealed class ProducerStates
{
    private readonly Dictionary<long, ProducerEntry> _entries = [];
    private readonly SortedDictionary<long, long> _open = [];
    private readonly SortedDictionary<long, long> _endedAboveHighWatermark = [];

    public IEnumerable<ProducerEntry> Entries => _entries.Values;

    /// <summary>How many transactions are open.</summary>
    public int OpenTransactions => _open.Count;

    /// <summary>The first offset of the oldest transaction that is open, or whose end is not replicated yet.</summary>
    public long? FirstUnstableOffset
    {
        get
        {
            var (open, ended) = (First(_open), First(_endedAboveHighWatermark));
            return open is null || ended is null ? open ?? ended : Math.Min(open.Value, ended.Value);
        }
    }

    public ProducerEntry? Find(long producerId) => _entries.GetValueOrDefault(producerId);

    /// <summary>Checks a client's batch; <paramref name="original"/> is the batch it repeats, if it does.</summary>
    /// <param name="admitsZombies">For a lie: an older epoch than the latest will do.</param>
    public ErrorCode Check(in RecordBatchHeader batch, bool admitsZombies, out ProducerBatch? original)
    {
        original = null;
        if (!_entries.TryGetValue(batch.ProducerId, out var entry))
            return ErrorCode.None;
        if (batch.ProducerEpoch < entry.Epoch)
            return admitsZombies ? ErrorCode.None : ErrorCode.InvalidProducerEpoch;
        if (batch.ProducerEpoch > entry.Epoch)
            return batch.BaseSequence == 0 ? ErrorCode.None : ErrorCode.OutOfOrderSequenceNumber;
        foreach (var known in entry.Batches)
        {
            if (known.FirstSequence == batch.BaseSequence && known.LastSequence == batch.LastSequence)
            {
                original = known;
                return ErrorCode.None;
            }
        }

        var last = entry.LastSequence;
        var inSequence = batch.BaseSequence == last + 1L || (batch.BaseSequence == 0 && last == int.MaxValue);
        return inSequence ? ErrorCode.None : ErrorCode.OutOfOrderSequenceNumber;
    }

    /// <summary>Takes in a batch that was appended.</summary>
    public void Append(in RecordBatchHeader batch)
    {
        var entry = _entries.GetValueOrDefault(batch.ProducerId) ?? new ProducerEntry(batch.ProducerId, batch.ProducerEpoch);
        entry = batch.ProducerEpoch < entry.Epoch ? entry : batch.BaseSequence < 0
            ? entry with { Epoch = batch.ProducerEpoch, LastTimestamp = batch.MaxTimestamp }
            : entry.With(
                new ProducerBatch(batch.BaseSequence, batch.LastSequence, batch.BaseOffset, batch.LastOffset, batch.MaxTimestamp),
                batch.ProducerEpoch);
        if (batch.IsTransactional && entry.TransactionFirstOffset == ProducerEntry.NoTransaction)
        {
            entry = entry with { TransactionFirstOffset = batch.BaseOffset };
            _open[batch.BaseOffset] = batch.ProducerId;
        }

        _entries[batch.ProducerId] = entry;
    }

    /// <summary>Takes in a marker that was appended; gives the transaction it aborted, if it did.</summary>
    public AbortedTransaction? Append(in RecordBatchHeader batch, ControlMarker marker)
    {
        var entry = _entries.GetValueOrDefault(batch.ProducerId) ?? new ProducerEntry(batch.ProducerId, batch.ProducerEpoch);
        var first = entry.TransactionFirstOffset;
        _entries[batch.ProducerId] = entry with
        {
            Epoch = batch.ProducerEpoch,
            Batches = batch.ProducerEpoch == entry.Epoch ? entry.Batches : [],
            CoordinatorEpoch = marker.CoordinatorEpoch,
            TransactionFirstOffset = ProducerEntry.NoTransaction,
            LastTimestamp = batch.MaxTimestamp,
        };
        if (first == ProducerEntry.NoTransaction)
            return null;
        _open.Remove(first);
        _endedAboveHighWatermark[first] = batch.LastOffset;
        var stable = First(_open) ?? batch.NextOffset;
        return marker.Committed ? null : new AbortedTransaction(batch.ProducerId, first, batch.LastOffset, stable);
    }

    public void OnHighWatermark(long highWatermark)
    {
        while (_endedAboveHighWatermark.Count > 0)
        {
            var (first, markerOffset) = _endedAboveHighWatermark.First();
            if (markerOffset >= highWatermark)
                return;
            _endedAboveHighWatermark.Remove(first);
        }
    }

    public ProducerEntry[] Snapshot() => [.. _entries.Values];

    public void Restore(IEnumerable<ProducerEntry> snapshot)
    {
        _entries.Clear();
        _open.Clear();
        _endedAboveHighWatermark.Clear();
        foreach (var entry in snapshot)
        {
            _entries[entry.ProducerId] = entry;
            if (entry.TransactionFirstOffset != ProducerEntry.NoTransaction)
                _open[entry.TransactionFirstOffset] = entry.ProducerId;
        }
    }

    /// <summary>Forgets producers that wrote nothing since then and have no transaction open.</summary>
    public void Expire(long lastTimestampBefore)
    {
        var expired = _entries.Values.Where(entry =>
            entry.LastTimestamp < lastTimestampBefore && entry.TransactionFirstOffset == ProducerEntry.NoTransaction);
        foreach (var entry in expired.ToArray())
            _entries.Remove(entry.ProducerId);
    }

    private static long? First(SortedDictionary<long, long> transactions)
    {
        foreach (var (first, _) in transactions)
            return first;
        return null;
    }
}
