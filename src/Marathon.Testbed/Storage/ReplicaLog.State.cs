using Marathon.Testbed.Records;

namespace Marathon.Testbed.Storage;

/// <summary>What follows from the batches: epochs, producers, aborted transactions; and how it is made again after a cut.</summary>
internal sealed partial class ReplicaLog
{
    private const long SnapshotEveryBytes = 16 << 20;
    private const int SnapshotsKept = 4;

    private readonly List<(long Offset, ProducerEntry[] Producers)> _snapshots = [];
    private readonly List<AbortedTransaction> _aborted = [];
    private long _bytesSinceSnapshot;

    public long LastStableOffset(long highWatermark) =>
        Producers.FirstUnstableOffset is { } unstable ? Math.Min(unstable, highWatermark) : highWatermark;

    /// <summary>The aborted transactions that a read from one offset to another may meet.</summary>
    public List<AbortedTransaction> AbortedBetween(long fetchOffset, long upperBoundOffset)
    {
        var found = new List<AbortedTransaction>();
        for (var i = FirstAbortedAt(fetchOffset); i < _aborted.Count; i++)
        {
            var transaction = _aborted[i];
            if (transaction.FirstOffset < upperBoundOffset)
                found.Add(transaction);
            if (transaction.LastStableOffset >= upperBoundOffset)
                break;
        }

        return found;
    }

    /// <summary>Removes everything from <paramref name="offset"/> on; a batch that reaches beyond it goes whole.</summary>
    public void TruncateTo(long offset)
    {
        if (offset >= EndOffset)
            return;
        LeaveChunk();
        while (_extents.Count > 0 && _extents[^1].NextOffset > offset)
            CutLast(offset);
        EndOffset = Math.Max(StartOffset, _extents.Count == 0 ? offset : Math.Min(offset, _extents[^1].NextOffset));
        Epochs.TruncateFromEnd(EndOffset);
        HighWatermarkCheckpoint = Math.Min(HighWatermarkCheckpoint, EndOffset);
        _cleanedTo = Math.Min(_cleanedTo, EndOffset);
        RebuildProducers();
    }

    /// <summary>Removes everything and goes on at an offset of the leader's log.</summary>
    public void StartOver(long offset)
    {
        LeaveChunk();
        foreach (var extent in _extents)
            extent.Chunk.Release();
        _extents.Clear();
        _aborted.Clear();
        _snapshots.Clear();
        SizeBytes = 0;
        StartOffset = EndOffset = HighWatermarkCheckpoint = _cleanedTo = offset;
        Epochs.Clear();
        RebuildProducers();
    }

    /// <summary>Records below are gone for readers; whole extents below it give their memory back.</summary>
    public void AdvanceStart(long offset)
    {
        if (offset <= StartOffset)
            return;
        StartOffset = Math.Min(offset, EndOffset);
        var gone = 0;
        while (gone < _extents.Count && _extents[gone].NextOffset <= StartOffset && _extents[gone].Chunk != _appending)
        {
            SizeBytes -= _extents[gone].Length;
            _extents[gone++].Chunk.Release();
        }

        _extents.RemoveRange(0, gone);
        Epochs.TruncateFromStart(StartOffset);
        _aborted.RemoveAll(transaction => transaction.LastOffset < StartOffset);
    }

    /// <summary>A broker that starts again makes the producers' state from the last snapshot and what the log holds after it.</summary>
    public void RebuildProducers()
    {
        _snapshots.RemoveAll(snapshot => snapshot.Offset > EndOffset);
        var (from, producers) = _snapshots.Count > 0
            ? _snapshots[^1]
            : (StartOffset, []);
        Producers.Restore(producers);
        _aborted.RemoveAll(transaction => transaction.LastOffset >= from);
        _bytesSinceSnapshot = 0;
        foreach (var extent in _extents[IndexOf(from)..])
        {
            for (var position = extent.PositionOf(from); position < extent.End;)
            {
                var header = extent.Chunk.HeaderAt(position);
                ObserveProducer(header, extent.Chunk, position);
                position += header.SizeInBytes;
            }
        }
    }

    public void Delete() => StartOver(0);

    private void Observe(in RecordBatchHeader header, Chunk chunk, int position)
    {
        Epochs.Assign(header.LeaderEpoch, header.BaseOffset);
        ObserveProducer(header, chunk, position);
        _bytesSinceSnapshot += header.SizeInBytes;
        if (_bytesSinceSnapshot < SnapshotEveryBytes)
            return;
        _bytesSinceSnapshot = 0;
        KeepSnapshot(header.NextOffset);
    }

    private void KeepSnapshot(long offset)
    {
        _snapshots.Add((offset, Producers.Snapshot()));
        if (_snapshots.Count > SnapshotsKept)
            _snapshots.RemoveAt(0);
    }

    private void ObserveProducer(in RecordBatchHeader header, Chunk chunk, int position)
    {
        if (!header.HasProducerId)
            return;
        if (!header.IsControl)
        {
            Producers.Append(header);
            return;
        }

        var batch = chunk.Slice(position, position + header.SizeInBytes).Load();
        if (ControlMarker.Read(batch) is { } marker && Producers.Append(header, marker) is { } aborted)
            _aborted.Add(aborted);
    }

    private int FirstAbortedAt(long offset)
    {
        var (low, high) = (0, _aborted.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (_aborted[middle].LastOffset < offset)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return low;
    }

    private void CutLast(long offset)
    {
        var last = _extents[^1];
        _extents.RemoveAt(_extents.Count - 1);
        var cut = last.BaseOffset >= offset ? last.Start : last.PositionOf(offset);
        SizeBytes -= last.End - cut;
        if (cut == last.Start)
        {
            last.Chunk.Release();
            return;
        }

        _extents.Add(last with { End = cut, NextOffset = Math.Min(offset, last.Chunk.HeaderAt(cut).BaseOffset) });
    }

    private void LeaveChunk()
    {
        _appending?.Seal();
        _appending = null;
    }
}
