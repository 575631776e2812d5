namespace Marathon.Testbed.Storage;

/// <summary>At which offset each leader epoch of a log began.</summary>
internal sealed class LeaderEpochCache
{
    public const int Undefined = -1;

    private readonly List<(int Epoch, long StartOffset)> _entries = [];

    public int Latest => _entries.Count == 0 ? Undefined : _entries[^1].Epoch;

    public long LatestStartOffset => _entries.Count == 0 ? 0 : _entries[^1].StartOffset;

    public void Assign(int epoch, long startOffset)
    {
        if (epoch <= Latest)
            return;
        TruncateFromEnd(startOffset);
        _entries.Add((epoch, startOffset));
    }

    /// <summary>
    /// The greatest epoch at or below the one asked for, and the offset at which it ended here. Both undefined (-1) for an epoch that
    /// is not known yet.
    /// </summary>
    public (int Epoch, long EndOffset) EndOffsetFor(int epoch, long logEndOffset)
    {
        if (_entries.Count == 0 || epoch == Undefined || epoch > Latest)
            return (Undefined, -1);
        if (epoch == Latest)
            return (epoch, logEndOffset);
        var next = _entries.FindIndex(entry => entry.Epoch > epoch);
        return (next == 0 ? epoch : _entries[next - 1].Epoch, _entries[next].StartOffset);
    }

    public int EpochOf(long offset)
    {
        var index = _entries.FindLastIndex(entry => entry.StartOffset <= offset);
        return index < 0 ? Undefined : _entries[index].Epoch;
    }

    public void TruncateFromEnd(long endOffset) => _entries.RemoveAll(entry => entry.StartOffset >= endOffset);

    public void TruncateFromStart(long startOffset)
    {
        var current = _entries.FindLastIndex(entry => entry.StartOffset <= startOffset);
        if (current < 0)
            return;
        _entries[current] = (_entries[current].Epoch, startOffset);
        _entries.RemoveRange(0, current);
    }

    public void Clear() => _entries.Clear();
}
