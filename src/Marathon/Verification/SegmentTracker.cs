using Marathon.Records;

namespace Marathon.Verification;

/// <summary>Offsets that one consumer passes in order, until the segment is cut.</summary>
internal sealed class SegmentTracker(long first, long end, CheckerLimits limits)
{
    private readonly List<StreamTracker> _streams = [];
    private List<StreamTracker>? _sources;
    private IntervalSet? _corruptOffsets;
    private AnomalyLog? _anomalies;
    private long _corruptUnlisted;

    public long First { get; } = first;

    public long Next { get; set; } = first;

    /// <summary>Where the segment ends at the latest.</summary>
    public long End { get; } = end;

    public bool IsEmpty => Next == First;

    public AnomalyLog Anomalies => _anomalies ??= new AnomalyLog(limits.Examples);

    public long Unreadable { get; set; }

    public long Transfers { get; private set; }

    public long TransferBalance { get; private set; }

    public IReadOnlyList<StreamTracker> Streams => _streams;

    public static SegmentTracker From(SegmentEvidence evidence, CheckerLimits limits)
    {
        var segment = new SegmentTracker(evidence.First, evidence.Next, limits) { Next = evidence.Next };
        segment._streams.AddRange(evidence.Streams.Select(stream => StreamTracker.From(stream, limits.Runs)));
        segment.Pack();
        return segment;
    }

    public StreamTracker Stream(StreamKey key) => FindOrAdd(_streams, key);

    /// <summary>What records say about where their content came from: the partition in the key, its offsets as sequences.</summary>
    public StreamTracker Source(StreamKey key) => FindOrAdd(_sources ??= [], key);

    public StreamTracker? Find(StreamKey key) => Find(_streams, key);

    /// <summary>The record of the key that gives counts against that of the key that gets.</summary>
    public void AddTransfer(in Transfer transfer, int keyId)
    {
        Transfers++;
        TransferBalance = unchecked(TransferBalance
            + (transfer.ToKeyId == keyId ? transfer.Amount : 0) - (transfer.FromKeyId == keyId ? transfer.Amount : 0));
    }

    public void AddCorrupt(long offset)
    {
        if (!(_corruptOffsets ??= new IntervalSet(limits.CorruptOffsets)).TryAdd(offset))
            _corruptUnlisted++;
    }

    /// <summary>Adds the segment that begins where this one ends.</summary>
    public void Append(SegmentTracker later)
    {
        Next = later.Next;
        foreach (var stream in later._streams)
            Stream(stream.Key).Append(stream);

        foreach (var source in later._sources ?? [])
            Source(source.Key).Append(source);

        foreach (var offsets in later._corruptOffsets?.ToIntervals() ?? Intervals.Empty)
        {
            if (!(_corruptOffsets ??= new IntervalSet(limits.CorruptOffsets)).TryAdd(offsets.From, offsets.To))
                _corruptUnlisted += offsets.Count;
        }

        _corruptUnlisted += later._corruptUnlisted;
        if (later._anomalies is { IsEmpty: false } anomalies)
            Anomalies.Add(anomalies);
        Unreadable += later.Unreadable;
        Transfers += later.Transfers;
        TransferBalance = unchecked(TransferBalance + later.TransferBalance);
        Pack();
    }

    /// <summary>It is over: keeps what there is in less room.</summary>
    public void Pack()
    {
        foreach (var stream in _streams)
            stream.Runs.Pack();
        foreach (var source in _sources ?? [])
            source.Runs.Pack();
    }

    public SegmentEvidence Snapshot() => new()
    {
        First = First,
        Next = Next,
        Streams = [.. _streams.Select(stream => stream.Snapshot())],
        Sources = [.. (_sources ?? []).Select(source => source.Snapshot())],
        Anomalies = _anomalies?.ToTallies() ?? [],
        CorruptOffsets = _corruptOffsets?.ToIntervals() ?? Intervals.Empty,
        CorruptUnlisted = _corruptUnlisted,
        Unreadable = Unreadable,
        Transfers = Transfers,
        TransferBalance = TransferBalance,
    };

    private static StreamTracker? Find(List<StreamTracker> streams, StreamKey key)
    {
        foreach (var stream in streams)
        {
            if (stream.Key == key)
                return stream;
        }

        return null;
    }

    private StreamTracker FindOrAdd(List<StreamTracker> streams, StreamKey key)
    {
        if (Find(streams, key) is { } found)
            return found;

        var added = new StreamTracker(key, limits.Runs);
        streams.Add(added);
        return added;
    }
}
