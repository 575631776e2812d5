namespace Marathon.Testbed.Storage;

/// <summary>
/// Where batches begin in a chunk, about every four KiB. One thread adds while others search: arrays only grow by copy, and the
/// count is published last.
/// </summary>
internal sealed class ChunkIndex
{
    private const int Spacing = 4096;

    private Entry[] _entries = new Entry[4];
    private int _count;

    private readonly record struct Entry(int Position, long BaseOffset);

    public void Add(int position, long baseOffset)
    {
        if (_count > 0 && position - _entries[_count - 1].Position < Spacing)
            return;
        if (_count == _entries.Length)
        {
            var larger = new Entry[_count * 2];
            _entries.CopyTo(larger, 0);
            Volatile.Write(ref _entries, larger);
        }

        _entries[_count] = new Entry(position, baseOffset);
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>A batch start at or before both bounds, the closest known.</summary>
    public int PositionBefore(int position, long offset)
    {
        var count = Volatile.Read(ref _count);
        var entries = Volatile.Read(ref _entries);
        var (low, high) = (0, count - 1);
        var found = 0;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (entries[middle].Position <= position && entries[middle].BaseOffset <= offset)
            {
                found = entries[middle].Position;
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return found;
    }
}
