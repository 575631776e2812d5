namespace Marathon.Verification;

/// <summary>One partition as one consumer reads it: the open segment, those before it, and where it is in each stream.</summary>
internal sealed class PartitionChecker(string topic, int topicId, int partition, CheckerLimits limits)
{
    private readonly List<SegmentTracker> _closed = [];
    private readonly Dictionary<StreamKey, StreamCursor> _cursors = [];
    private readonly List<Ownership> _ownerships = [];
    private readonly List<SegmentTracker> _prior = [];
    private SegmentTracker? _open;
    private StreamCursor? _lastHere;
    private KeyOrder? _keys;
    private long _committed = -1, _dropped;

    public string Topic { get; } = topic;

    public int TopicId { get; } = topicId;

    public int Partition { get; } = partition;

    public bool IsAssigned { get; private set; }

    /// <summary>The offset to read next; -1 when it was never assigned.</summary>
    public long NextOffset { get; private set; } = -1;

    /// <summary>The highest offset that was ever read here, or by those whose state was restored.</summary>
    public long HighestOffset { get; private set; } = -1;

    /// <summary>Anomalies of the reading, not of what is at an offset.</summary>
    public AnomalyLog Readings { get; } = new(limits.Examples);

    /// <summary>Null where keys are not followed.</summary>
    public KeyTails? Tails { get; init; }

    public RecentRecords Recent { get; } = new();

    public KeyOrder Keys => _keys ??= new KeyOrder(limits.Keys);

    public void Restore(PartitionEvidence earlier)
    {
        foreach (var segment in earlier.Segments.Select(segment => SegmentTracker.From(segment, limits)))
        {
            _prior.Add(segment);
            HighestOffset = Math.Max(HighestOffset, segment.Next - 1);
            foreach (var stream in segment.Streams)
            {
                var cursor = Cursor(stream.Key);
                cursor.Expected = Math.Max(cursor.Expected, stream.Runs.Highest + 1);
            }
        }

        NextOffset = Math.Max(NextOffset, earlier.NextOffset);
    }

    public void Assign(long startOffset, long now)
    {
        Release(now, lost: false);
        IsAssigned = true;
        if (_ownerships.Count == limits.Ownerships)
            _ownerships.RemoveAt(0);

        _ownerships.Add(new Ownership(now, startOffset));
        Seek(startOffset);
    }

    public void Release(long now, bool lost)
    {
        if (!IsAssigned)
            return;

        IsAssigned = false;
        _ownerships[^1] = _ownerships[^1] with { To = now, Lost = lost };
        Close();
    }

    /// <summary>The next record comes from here; -1 when only the record itself will tell.</summary>
    public void Seek(long offset)
    {
        Close();
        if (offset < 0)
            return;

        NextOffset = offset;
        Open(offset, offset);
    }

    /// <summary>The segment that the offset belongs to, which is not below <see cref="NextOffset"/> but after a seek.</summary>
    public SegmentTracker SegmentFor(long offset) => _open is { } open && offset < open.End ? open : NextSegment(offset);

    public void Passed(long nextOffset)
    {
        if (nextOffset <= NextOffset || _open is null)
            return;

        SegmentFor(nextOffset - 1).Next = nextOffset;
        NextOffset = nextOffset;
    }

    /// <returns>Whether somebody had been at that offset before.</returns>
    public bool Received(SegmentTracker segment, long offset)
    {
        segment.Next = NextOffset = offset + 1;
        if (offset <= HighestOffset)
            return true;

        HighestOffset = offset;
        return false;
    }

    public long Cut()
    {
        var at = NextOffset;
        if (_open is { IsEmpty: false })
            Seek(at);

        return at;
    }

    public void Committed(long offset)
    {
        _committed = Math.Max(_committed, offset);
        MergeSettled();
    }

    public StreamCursor Cursor(StreamKey key)
    {
        if (!_cursors.TryGetValue(key, out var cursor))
            _cursors[key] = cursor = new StreamCursor(key);

        return cursor;
    }

    /// <summary>The stream of that incarnation to this very partition.</summary>
    public StreamCursor CursorHere(long incarnation) =>
        _lastHere is { } last && last.Incarnation == incarnation ? last : _lastHere = Cursor(new StreamKey(incarnation, TopicId, Partition));

    public StreamCursor? FindCursor(StreamKey key) => _cursors.GetValueOrDefault(key);

    /// <summary>Whether the sequence was read in a segment before the open one, here or by those whose state was restored.</summary>
    public bool WasReadBefore(StreamKey key, long sequence) => Has(_closed, key, sequence) || Has(_prior, key, sequence);

    public PartitionEvidence Snapshot() => new()
    {
        Topic = Topic,
        TopicId = TopicId,
        Partition = Partition,
        NextOffset = NextOffset,
        Segments = [.. _closed.Select(segment => segment.Snapshot()), .. _open is { IsEmpty: false } open ? [open.Snapshot()] : (SegmentEvidence[])[]],
        Ownerships = [.. _ownerships],
        Anomalies = Readings.ToTallies(),
        KeyTails = Tails?.Snapshot() ?? [],
        DroppedSegments = _dropped,
    };

    private static bool Has(List<SegmentTracker> segments, StreamKey key, long sequence)
    {
        foreach (var segment in segments)
        {
            if (segment.Find(key)?.Runs.Contains(sequence) == true)
                return true;
        }

        return false;
    }

    private SegmentTracker NextSegment(long offset)
    {
        if (_open is null)
            return Open(offset, offset);

        // What lies between was passed without a record: it belongs to the coverage.
        var end = _open.End;
        _open.Next = end;
        Close();
        return Open(end, offset);
    }

    private SegmentTracker Open(long first, long offset) =>
        _open = new SegmentTracker(first, ((Math.Max(first, offset) / limits.SegmentOffsets) + 1) * limits.SegmentOffsets, limits);

    private void Close()
    {
        if (_open is { IsEmpty: false })
        {
            foreach (var stream in _open.Streams)
                _cursors.GetValueOrDefault(stream.Key)?.Leave();

            _open.Pack();
            _closed.Add(_open);
            MergeSettled();
        }

        _open = null;
    }

    /// <summary>
    /// Neighbours become one where no replacement can start between them any more: below a committed offset, or far enough
    /// back where nothing is committed. One that still starts there costs a reread, not a verdict.
    /// </summary>
    private void MergeSettled()
    {
        var at = Math.Max(1, _closed.Count - (4 * limits.RecentSegments));
        while (at < _closed.Count)
        {
            var isOld = at < _closed.Count - (_committed < 0 ? limits.RecentSegments : 4 * limits.RecentSegments);
            if (_closed[at - 1].Next == _closed[at].First && (isOld || _closed[at].Next <= _committed))
            {
                _closed[at - 1].Append(_closed[at]);
                _closed.RemoveAt(at);
            }
            else
            {
                at++;
            }
        }

        if (_closed.Count > limits.Segments)
            DropSmallest();
    }

    /// <summary>What it held counts as not read and will be read again, with whatever anomalies there are.</summary>
    private void DropSmallest()
    {
        var smallest = 0;
        for (var i = 1; i < _closed.Count - limits.RecentSegments; i++)
        {
            if (_closed[i].Next - _closed[i].First < _closed[smallest].Next - _closed[smallest].First)
                smallest = i;
        }

        _closed.RemoveAt(smallest);
        _dropped++;
    }
}
