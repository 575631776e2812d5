using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Storage;

/// <summary>
/// The log of one replica: what survives a kill of its broker. Batches stay as they came over the wire. Not thread-safe: the replica
/// that owns it locks.
/// </summary>
internal sealed partial class ReplicaLog(ChunkStore store)
{
    private readonly List<Extent> _extents = [];
    private Chunk? _appending;

    public LeaderEpochCache Epochs { get; } = new();

    public ProducerStates Producers { get; } = new();

    public long StartOffset { get; private set; }

    /// <summary>One past the last offset ("LEO").</summary>
    public long EndOffset { get; private set; }

    /// <summary>The high watermark as last written to disk; a broker that starts again begins from here.</summary>
    public long HighWatermarkCheckpoint { get; set; }

    public long SizeBytes { get; private set; }

    /// <summary>Appends a client's batch, giving it its offsets and the leader epoch; neither is under the batch's CRC.</summary>
    public RecordBatchHeader AppendAsLeader(ReadOnlySpan<byte> batch, RecordBatchHeader header, int leaderEpoch)
    {
        header = header with { BaseOffset = EndOffset, LeaderEpoch = leaderEpoch };
        var chunk = ChunkFor(batch.Length);
        var start = chunk.Length;
        var room = chunk.Append(batch.Length, header.BaseOffset, header.MaxTimestamp);
        batch.CopyTo(room);
        BinaryPrimitives.WriteInt64BigEndian(room, header.BaseOffset);
        BinaryPrimitives.WriteInt32BigEndian(room[RecordBatchHeader.LeaderEpochPosition..], leaderEpoch);
        Add(new Extent(chunk, start, chunk.Length, header.BaseOffset, header.NextOffset));
        Observe(header, chunk, start);
        return header;
    }

    /// <summary>Appends what a follower fetched: the leader's own bytes, offsets and epochs included.</summary>
    public void AppendAsFollower(Extent run)
    {
        if (run.BaseOffset < EndOffset)
            throw new InvalidOperationException($"follower at {EndOffset} was given {run.BaseOffset}");
        Add(run);
        for (var position = run.Start; position < run.End;)
        {
            var header = run.Chunk.HeaderAt(position);
            Observe(header, run.Chunk, position);
            position += header.SizeInBytes;
        }
    }

    /// <summary>Whole batches from <paramref name="offset"/> up to <paramref name="limitOffset"/> and about <paramref name="maxBytes"/>.</summary>
    public List<Extent> Read(long offset, long limitOffset, int maxBytes, bool atLeastOneBatch)
    {
        var runs = new List<Extent>();
        for (var i = IndexOf(offset); i < _extents.Count && maxBytes > 0; i++)
        {
            var extent = _extents[i];
            if (extent.BaseOffset >= limitOffset)
                break;
            var start = runs.Count == 0 ? extent.PositionOf(offset) : extent.Start;
            if (start == extent.End)
                continue;
            var (end, nextOffset) = extent.NextOffset <= limitOffset && extent.End - start <= maxBytes
                ? (extent.End, extent.NextOffset)
                : extent.BoundaryBefore(start, maxBytes, limitOffset, atLeastOneBatch && runs.Count == 0);
            if (end == start)
                break;
            runs.Add(new Extent(extent.Chunk, start, end, extent.Chunk.HeaderAt(start).BaseOffset, nextOffset));
            maxBytes -= end - start;
            if (end < extent.End)
                break;
        }

        return runs;
    }

    /// <summary>Bytes from an offset to the end or to another offset, by whole extents: an upper bound, cheap.</summary>
    public long BytesBetween(long offset, long limitOffset, long enough)
    {
        long bytes = 0;
        for (var i = IndexOf(offset); i < _extents.Count && bytes < enough; i++)
        {
            var extent = _extents[i];
            if (extent.BaseOffset >= limitOffset)
                break;
            bytes += extent.BaseOffset >= offset && extent.NextOffset <= limitOffset
                ? extent.Length
                : extent.PositionOf(Math.Min(limitOffset, extent.NextOffset)) - extent.PositionOf(offset);
        }

        return bytes;
    }

    private Chunk ChunkFor(int size)
    {
        if (_appending is not null && _appending.Capacity - _appending.Length >= size)
            return _appending;
        var previous = _appending?.Capacity ?? 0;
        _appending?.Seal();
        return _appending = store.Create(previous, size);
    }

    private void Add(Extent run)
    {
        SizeBytes += run.Length;
        EndOffset = run.NextOffset;
        if (_extents.Count > 0 && _extents[^1] is var last && last.Chunk == run.Chunk && last.End == run.Start)
        {
            CollectionsMarshal.AsSpan(_extents)[^1] = last with { End = run.End, NextOffset = run.NextOffset };
            return;
        }

        run.Chunk.AddReference();
        _extents.Add(run);
    }

    private int IndexOf(long offset)
    {
        var (low, high) = (0, _extents.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (_extents[middle].NextOffset <= offset)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return low;
    }
}
