namespace Marathon.Verification;

/// <summary>Where a consumer is in a stream, across segments.</summary>
internal sealed class StreamCursor(StreamKey key)
{
    public StreamKey Key { get; } = key;

    public long Incarnation => Key.Incarnation;

    /// <summary>The sequence after the highest that was read.</summary>
    public long Expected { get; set; }

    /// <summary>The highest transaction that a record of the stream was in; 0 for none.</summary>
    public long HighestTransaction { get; set; }

    /// <summary>The stream's records in <see cref="Segment"/>.</summary>
    public StreamTracker Tracker { get; private set; } = null!;

    /// <summary>The segment that the tracker belongs to; null before the first record.</summary>
    public SegmentTracker? Segment { get; private set; }

    public void Enter(SegmentTracker segment) => (Segment, Tracker) = (segment, segment.Stream(Key));

    /// <summary>The segment is over: what it holds goes on without this cursor.</summary>
    public void Leave() => (Segment, Tracker) = (null, null!);
}
