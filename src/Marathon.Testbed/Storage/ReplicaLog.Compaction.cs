using Marathon.Testbed.Records;

namespace Marathon.Testbed.Storage;

/// <summary>
/// Compaction: of each key the latest record stays, offsets stay what they are. Each replica cleans its own log. What is in the
/// active segment is left alone: batches younger than segment.ms that are within the last segment.bytes.
/// </summary>
internal sealed partial class ReplicaLog
{
    private readonly Dictionary<long, long> _tombstonesCleanedAtMs = [];
    private long _cleanedTo;

    /// <summary>Cleans the log below an offset if enough of it is dirty; gives the number of records removed.</summary>
    public int Compact(CompactionPolicy policy, long limitOffset, long nowMs)
    {
        var end = Cleanable(policy, limitOffset, nowMs);
        var dirty = BytesBetween(Math.Max(_cleanedTo, StartOffset), end, long.MaxValue);
        var total = BytesBetween(StartOffset, end, long.MaxValue);
        var isDue = _tombstonesCleanedAtMs.Values.Any(since => since + policy.DeleteRetentionMs < nowMs);
        if (end <= StartOffset || (!isDue && (dirty == 0 || dirty < policy.MinDirtyRatio * total)))
            return 0;
        var below = Split(end);
        var batches = below.SelectMany(extent => BatchReader.Batches(extent.Chunk.Slice(extent.Start, extent.End).Load())).ToArray();
        if (batches.Length == 0 || Keep(batches, policy, nowMs) is not { } kept)
            return 0;
        // Of a producer whose batches go nothing else would be left.
        KeepSnapshot(EndOffset);
        var before = batches.Sum(batch => RecordBatchHeader.Read(batch.Span).RecordCount);
        Replace(below.Count, kept);
        _cleanedTo = end;
        return before - kept.Sum(batch => RecordBatchHeader.Read(batch.Span).RecordCount);
    }

    private long Cleanable(CompactionPolicy policy, long limitOffset, long nowMs)
    {
        var end = StartOffset;
        foreach (var header in HeadersFrom(StartOffset))
        {
            var isActive = header.MaxTimestamp + policy.SegmentMs > nowMs
                && BytesBetween(header.NextOffset, EndOffset, policy.SegmentBytes) < policy.SegmentBytes;
            if (isActive || header.NextOffset > limitOffset || header.MaxTimestamp + policy.MinLagMs > nowMs)
                return end;
            end = header.NextOffset;
        }

        return end;
    }

    /// <summary>Cuts the extents so that none reaches across an offset; gives those below it.</summary>
    private List<Extent> Split(long offset)
    {
        var below = new List<Extent>();
        for (var i = 0; i < _extents.Count && _extents[i].BaseOffset < offset; i++)
        {
            var extent = _extents[i];
            if (extent.NextOffset > offset)
            {
                var cut = extent.PositionOf(offset);
                _extents[i] = extent with { End = cut, NextOffset = offset };
                _extents.Insert(i + 1, new Extent(extent.Chunk, cut, extent.End, extent.Chunk.HeaderAt(cut).BaseOffset, extent.NextOffset));
                extent.Chunk.AddReference();
            }

            below.Add(_extents[i]);
        }

        return below;
    }

    /// <summary>What is left of the batches; null where one of them does not decode.</summary>
    private List<ReadOnlyMemory<byte>>? Keep(ReadOnlyMemory<byte>[] batches, CompactionPolicy policy, long nowMs)
    {
        try
        {
            var latest = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var (_, record) in batches.SelectMany(Live))
            {
                if (record.Key is { } key)
                    latest[Convert.ToHexString(key.Span)] = record.Offset;
            }

            return [.. batches.Select(batch => Keep(batch, latest, policy, nowMs)).Where(batch => batch.Length > 0)];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private ReadOnlyMemory<byte> Keep(ReadOnlyMemory<byte> batch, Dictionary<string, long> latest, CompactionPolicy policy, long nowMs)
    {
        var header = RecordBatchHeader.Read(batch.Span);
        if (header.IsControl)
            return batch;
        List<LogRecord> kept = [.. Live(batch).Select(each => each.Record).Where(record => IsKept(record, latest, policy, nowMs))];
        return kept.Count == header.RecordCount ? batch : kept.Count == 0 ? default : BatchWriter.Write(header, kept);
    }

    private bool IsKept(LogRecord record, Dictionary<string, long> latest, CompactionPolicy policy, long nowMs)
    {
        if (record.Key is not { } key)
            return true;
        if (latest[Convert.ToHexString(key.Span)] != record.Offset)
        {
            _tombstonesCleanedAtMs.Remove(record.Offset);
            return false;
        }

        if (record.Value is not null)
            return true;
        if (_tombstonesCleanedAtMs.TryAdd(record.Offset, nowMs) || _tombstonesCleanedAtMs[record.Offset] + policy.DeleteRetentionMs >= nowMs)
            return true;
        _tombstonesCleanedAtMs.Remove(record.Offset);
        return false;
    }

    /// <summary>The records of a batch that are not of an aborted transaction.</summary>
    private IEnumerable<(RecordBatchHeader Header, LogRecord Record)> Live(ReadOnlyMemory<byte> batch)
    {
        var header = RecordBatchHeader.Read(batch.Span);
        if (header.IsControl || (header.IsTransactional && _aborted.Exists(aborted =>
            aborted.ProducerId == header.ProducerId && aborted.FirstOffset <= header.BaseOffset && header.LastOffset < aborted.LastOffset)))
            return [];
        return BatchReader.Records(batch).Select(record => (header, record));
    }

    private void Replace(int extents, List<ReadOnlyMemory<byte>> batches)
    {
        var cleaned = new List<Extent>();
        Chunk? chunk = null;
        foreach (var batch in batches)
        {
            var header = RecordBatchHeader.Read(batch.Span);
            if (chunk is null || chunk.Capacity - chunk.Length < batch.Length)
            {
                chunk?.Seal();
                chunk = store.Create(chunk?.Capacity ?? 0, batch.Length);
                chunk.AddReference();
                cleaned.Add(new Extent(chunk, 0, 0, header.BaseOffset, header.NextOffset));
            }

            batch.Span.CopyTo(chunk.Append(batch.Length, header.BaseOffset, header.MaxTimestamp));
            cleaned[^1] = cleaned[^1] with { End = chunk.Length, NextOffset = header.NextOffset };
        }

        chunk?.Seal();
        foreach (var extent in _extents[..extents])
        {
            SizeBytes -= extent.Length;
            extent.Chunk.Release();
        }

        _extents.RemoveRange(0, extents);
        _extents.InsertRange(0, cleaned);
        SizeBytes += cleaned.Sum(extent => (long)extent.Length);
    }
}
