namespace Marathon.Verification;

/// <summary>One partition as one consumer reads it: the open segment, those before it, and where it is in each stream.</summary>
internal sealed class PartitionChecker(string topic, int topicId, int partition, CheckerLimits limits)
{
    private readonly List<SegmentTracker> _closed = [];
    private readonly List<StreamCursor> _cursors = [];
    private readonly AnomalyLog _readings = new(limits.Examples);
    private readonly List<Ownership> _ownerships = [];
    private IReadOnlyList<SegmentTracker> _prior = [];
    private SegmentTracker? _open;
    private StreamCursor? _lastCursor;
    private long _committed = -1, _dropped;

    public string Topic { get; } = topic;

    public int TopicId { get; } = topicId;

    public int Partition { get; } = partition;

    public bool IsAssigned { get; private set; }

    /// <summary>The offset to read next; -1 when it was never assigned.</summary>
    public long NextOffset { get; private set; } = -1;

    /// <summary>The highest offset that was ever read here, or by those whose state was restored.</summary>
    public long HighestOffset { get; private set; } = -1;

    public StreamCursor? LastCursor => _lastCursor;

    public AnomalyLog Readings => _readings;

    public void Restore(PartitionEvidence earlier)
    {
        _prior = [.. _prior, .. earlier.Segments.Select(segment => SegmentTracker.From(segment, limits))];
        foreach (var segment in _prior)
        {
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

        _ownerships.Add(new Ownership(now, null, Lost: false, startOffset));
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
        if (offset >= 0)
            NextOffset = offset;
        _open = offset >= 0 ? new SegmentTracker(offset, limits) : null;
    }

    /// <summary>The segment that the offset belongs to, which must not be below <see cref="NextOffset"/> but after a seek.</summary>
    public SegmentTracker SegmentFor(long offset)
    {
        if (_open is { } open && offset < open.End)
            return open;
        if (_open is null)
            return _open = new SegmentTracker(offset, limits);

        // What lies between was passed without a record: it belongs to the coverage.
        _open.Next = _open.End;
        var next = _open.End;
        Close();
        return _open = new SegmentTracker(Math.Max(next, offset - (offset % limits.SegmentOffsets)), limits)
        {
            Next = offset,
        };
    }

    public void Passed(long nextOffset)
    {
        if (nextOffset <= NextOffset || _open is null)
            return;

        SegmentFor(nextOffset - 1).Next = nextOffset;
        NextOffset = nextOffset;
    }

    public void Received(SegmentTracker segment, long offset)
    {
        segment.Next = NextOffset = offset + 1;
        if (offset > HighestOffset)
            HighestOffset = offset;
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
        if (_lastCursor?.Key == key)
            return _lastCursor;

        foreach (var cursor in _cursors)
        {
            if (cursor.Key == key)
                return _lastCursor = cursor;
        }

        _lastCursor = new StreamCursor(key);
        _cursors.Add(_lastCursor);
        return _lastCursor;
    }

    public StreamCursor? FindCursor(StreamKey key) => _cursors.Find(cursor => cursor.Key == key);

    /// <summary>Whether the sequence was read in a segment before the open one, here or by those whose state was restored.</summary>
    public bool WasReadBefore(StreamKey key, long sequence) =>
        _closed.Concat(_prior).Any(segment => segment.Find(key)?.Runs.Contains(sequence) == true);

    public PartitionEvidence Snapshot() => new()
    {
        Topic = Topic,
        TopicId = TopicId,
        Partition = Partition,
        NextOffset = NextOffset,
        Segments = [.. _closed.Select(segment => segment.Snapshot()), .. _open is { IsEmpty: false } open ? [open.Snapshot()] : (SegmentEvidence[])[]],
        Ownerships = [.. _ownerships],
        Anomalies = _readings.ToTallies(),
        DroppedSegments = _dropped,
    };

    private void Close()
    {
        if (_open is { IsEmpty: false })
        {
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

        if (_closed.Count <= limits.Segments)
            return;

        _readings.Add(_closed[0].Anomalies);
        _closed.RemoveAt(0);
        _dropped++;
    }
}
