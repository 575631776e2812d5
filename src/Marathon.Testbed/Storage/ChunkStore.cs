namespace Marathon.Testbed.Storage;

/// <summary>
/// The memory of all logs of the cluster together, bounded: the oldest chunks that are complete move to segment files in the data
/// folder when it is exceeded.
/// </summary>
internal sealed class ChunkStore : IAsyncDisposable
{
    private const int SmallestChunkBytes = 16 << 10;
    private const int LargestChunkBytes = 1 << 20;
    private const long SegmentFileBytes = 256 << 20;

    private readonly long _maxMemoryBytes;
    private readonly string _folder;
    private readonly LinkedList<Chunk> _complete = new();
    private readonly SemaphoreSlim _pressure = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _spilling;
    private TaskCompletionSource _room = Completed();
    private SegmentFile? _current;
    private long _memoryBytes;
    private long _spilledBytes;
    private int _files;

    public ChunkStore(long maxMemoryBytes, string folder)
    {
        _maxMemoryBytes = maxMemoryBytes;
        _folder = folder;
        _spilling = Task.Factory.StartNew(Spill, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Where segment files go.</summary>
    public string Folder => _folder;

    public long MemoryBytes => Volatile.Read(ref _memoryBytes);

    public long SpilledBytes => Volatile.Read(ref _spilledBytes);

    /// <summary>Completed unless memory is so full that producers must wait for the disk.</summary>
    public Task RoomAsync() => Volatile.Read(ref _room).Task;

    /// <summary>Chunks grow with their log, so that a thousand quiet partitions take little.</summary>
    public Chunk Create(int previousCapacity, int atLeastBytes)
    {
        var grown = Math.Clamp(previousCapacity * 4, SmallestChunkBytes, LargestChunkBytes);
        return new Chunk(this, Math.Max(grown, atLeastBytes));
    }

    public void Referenced(Chunk chunk)
    {
        if (!chunk.IsInMemory)
        {
            Interlocked.Add(ref _spilledBytes, chunk.Length);
            return;
        }

        if (chunk.IsSealed)
            Sealed(chunk);
        if (Interlocked.Add(ref _memoryBytes, chunk.Capacity) > _maxMemoryBytes)
            UnderPressure();
    }

    public void Unreferenced(Chunk chunk)
    {
        if (!chunk.IsInMemory)
        {
            Interlocked.Add(ref _spilledBytes, -chunk.Length);
            return;
        }

        Interlocked.Add(ref _memoryBytes, -chunk.Capacity);
        lock (_complete)
        {
            if (chunk.Place is { List: not null } place)
                _complete.Remove(place);
        }
    }

    public void Sealed(Chunk chunk)
    {
        lock (_complete)
            chunk.Place = _complete.AddLast(chunk);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _spilling;
        _pressure.Dispose();
        _stop.Dispose();
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private void UnderPressure()
    {
        if (MemoryBytes > _maxMemoryBytes + _maxMemoryBytes / 4 && Volatile.Read(ref _room).Task.IsCompleted)
            Volatile.Write(ref _room, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_pressure)
        {
            if (_pressure.CurrentCount == 0)
                _pressure.Release();
        }
    }

    private void Spill()
    {
        while (!_stop.IsCancellationRequested)
        {
            _pressure.Wait(TimeSpan.FromMilliseconds(100));
            while (MemoryBytes > _maxMemoryBytes && !_stop.IsCancellationRequested && Oldest() is { } chunk)
                Spill(chunk);
            Volatile.Read(ref _room).TrySetResult();
        }
    }

    private Chunk? Oldest()
    {
        lock (_complete)
        {
            var oldest = _complete.First?.Value;
            if (oldest is not null)
                _complete.RemoveFirst();
            return oldest;
        }
    }

    private void Spill(Chunk chunk)
    {
        if (_current is null || _current.Length >= SegmentFileBytes)
        {
            _current?.MarkFull();
            Directory.CreateDirectory(_folder);
            _current = new SegmentFile(Path.Combine(_folder, $"{_files++:D8}.segment"));
        }

        if (!chunk.TrySpill(_current))
            return;
        Interlocked.Add(ref _memoryBytes, -chunk.Capacity);
        Interlocked.Add(ref _spilledBytes, chunk.Length);
        if (MemoryBytes <= _maxMemoryBytes + _maxMemoryBytes / 8)
            Volatile.Read(ref _room).TrySetResult();
    }
}
