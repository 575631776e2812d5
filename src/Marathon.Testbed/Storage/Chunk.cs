using Marathon.Testbed.Records;

namespace Marathon.Testbed.Storage;

/// <summary>
/// A stretch of record batches. The log that made it appends to it; the logs of followers refer to parts of it, so that a batch is
/// in memory once however many replicas have it. What has been appended never changes.
/// </summary>
internal sealed class Chunk(ChunkStore store, int capacity)
{
    private readonly ChunkIndex _index = new();
    private byte[]? _memory = GC.AllocateUninitializedArray<byte>(capacity);
    private SegmentFile? _file;
    private long _filePosition;
    private int _references;
    private long _maxTimestamp = long.MinValue;

    public int Capacity { get; } = capacity;

    public int Length { get; private set; }

    /// <summary>At least the greatest timestamp of any batch in it.</summary>
    public long MaxTimestamp => Volatile.Read(ref _maxTimestamp);

    public ChunkIndex Index => _index;

    public bool IsInMemory => Volatile.Read(ref _memory) is not null;

    public bool IsSealed { get; private set; }

    /// <summary>Its place among the chunks that may leave memory; the store's.</summary>
    public LinkedListNode<Chunk>? Place { get; set; }

    /// <summary>Room for a batch; only the log that made the chunk appends, under its replica's lock.</summary>
    public Span<byte> Append(int size, long baseOffset, long maxTimestamp)
    {
        _index.Add(Length, baseOffset);
        _maxTimestamp = Math.Max(_maxTimestamp, maxTimestamp);
        var room = _memory.AsSpan(Length, size);
        Length += size;
        return room;
    }

    public RecordSlice Slice(int start, int end)
    {
        var memory = Volatile.Read(ref _memory);
        return memory is not null
            ? new RecordSlice(memory.AsMemory(start, end - start))
            : new RecordSlice(default, _file, _filePosition + start, end - start);
    }

    public RecordBatchHeader HeaderAt(int position)
    {
        var memory = Volatile.Read(ref _memory);
        if (memory is not null)
            return RecordBatchHeader.Read(memory.AsSpan(position));
        Span<byte> header = stackalloc byte[RecordBatchHeader.Size];
        _file!.Read(_filePosition + position, header);
        return RecordBatchHeader.Read(header);
    }

    public void AddReference()
    {
        lock (_index)
        {
            if (++_references > 1)
                return;
            _file?.Retain();
            store.Referenced(this);
        }
    }

    public void Release()
    {
        lock (_index)
        {
            if (--_references > 0)
                return;
            store.Unreferenced(this);
            _file?.Release();
        }
    }

    /// <summary>No more appends: it may leave memory.</summary>
    public void Seal()
    {
        lock (_index)
        {
            IsSealed = true;
            if (_references > 0)
                store.Sealed(this);
        }
    }

    /// <summary>Moves the bytes to a file, unless nobody refers to them any more; readers that already hold the memory keep it.</summary>
    public bool TrySpill(SegmentFile file)
    {
        lock (_index)
        {
            if (_references == 0)
                return false;
            _filePosition = file.Append(_memory.AsSpan(0, Length));
            _file = file;
            _file.Retain();
            Volatile.Write(ref _memory, null);
            return true;
        }
    }
}
