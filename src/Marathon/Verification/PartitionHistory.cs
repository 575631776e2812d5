namespace Marathon.Verification;

/// <summary>What all consumers together read of one partition.</summary>
internal sealed class PartitionHistory
{
    private const int NoBound = 1 << 24;
    private readonly Dictionary<StreamKey, StreamTracker> _streams = [];
    private readonly Dictionary<StreamKey, StreamTracker> _sources = [];
    private readonly Dictionary<StreamKey, Sightings> _sightings = [];
    private readonly List<Interval> _unresolved = [];
    private readonly Dictionary<StreamKey, long> _duplicatesElsewhere = [];
    private readonly Dictionary<StreamKey, Intervals> _skipped = [];

    public PartitionHistory(string topic, int partition, IReadOnlyList<Reading> readings)
    {
        (Topic, Partition) = (topic, partition);
        Cover = OffsetCover.Of(readings);
        Fold();
        foreach (var reading in readings)
        {
            See(reading);
            Position = Math.Max(Position, reading.Next);
            if (reading.Consumer.Rereader)
                RereadOffsets = RereadOffsets.Union(Intervals.Of(reading.First, reading.Next));

            CorruptOffsets = CorruptOffsets.Union(reading.Segment.CorruptOffsets);
            CorruptUnlisted += reading.Segment.CorruptUnlisted;
        }

        // Who could say which record it is counts it as that record.
        foreach (var reading in readings)
            CorruptOffsets = CorruptOffsets.Except(CorruptOffsets.Within(reading.First, reading.Next).Except(reading.Segment.CorruptOffsets));

        Rereads = readings.Sum(Records) - Cover.Chosen.Sum(Records);
        foreach (var reading in Cover.Others)
            CompareWithCover(reading);
    }

    public string Topic { get; }

    public int Partition { get; }

    public OffsetCover Cover { get; }

    /// <summary>The streams over the cover, in the order of offsets.</summary>
    public IReadOnlyDictionary<StreamKey, StreamTracker> Streams => _streams;

    /// <summary>Where the content of its records came from, over the cover.</summary>
    public IReadOnlyDictionary<StreamKey, StreamTracker> Sources => _sources;

    /// <summary>What anybody saw of each stream.</summary>
    public IReadOnlyDictionary<StreamKey, Sightings> Seen => _sightings;

    /// <summary>Offsets that were read, but not so that duplicates among them can be counted.</summary>
    public IReadOnlyList<Interval> Unresolved => _unresolved;

    /// <summary>Duplicates of a stream that only a second reading showed.</summary>
    public IReadOnlyDictionary<StreamKey, long> DuplicatesElsewhere => _duplicatesElsewhere;

    /// <summary>By stream, sequences that the first reading passed over and a second one found.</summary>
    public IReadOnlyDictionary<StreamKey, Intervals> Skipped => _skipped;

    /// <summary>The highest position of any consumer.</summary>
    public long Position { get; }

    /// <summary>Offsets passed by fresh consumers after the load.</summary>
    public Intervals RereadOffsets { get; } = Intervals.Empty;

    /// <summary>Offsets of records that nobody could say which they are, so corrupt are they.</summary>
    public Intervals CorruptOffsets { get; } = Intervals.Empty;

    /// <summary>Such records whose offsets found no room.</summary>
    public long CorruptUnlisted { get; }

    /// <summary>Readings of offsets that had been read already.</summary>
    public long Rereads { get; }

    private static long Records(Reading reading) => reading.Segment.Streams.Sum(stream => stream.Count);

    private static bool IsClean(StreamTracker stream) => stream is { Duplicates: 0, LateCount: 0, Doubtful: 0 } && !stream.Runs.IsBlurred;

    private void Fold()
    {
        var sticking = Cover.Others.Where(reading => !Intervals.Of(reading.First, reading.Next).Except(Cover.Offsets).IsEmpty);
        var position = 0L;
        Reading? previous = null;
        foreach (var reading in Cover.Chosen.Concat(sticking).OrderBy(reading => reading.First).ThenBy(reading => reading.Next))
        {
            var isChosen = Cover.IsChosen(reading) && reading.First >= position;
            if (!isChosen && !(EndsBeforeNextChosen(reading) && (reading.First >= position || CanContinue(previous, reading, position))))
            {
                _unresolved.AddRange(Intervals.Of(reading.First, reading.Next).Except(Cover.Offsets));
                continue;
            }

            Append(reading, reading.First >= position ? 0 : position);
            position = reading.Next;
            previous = reading;
        }
    }

    private bool EndsBeforeNextChosen(Reading reading) =>
        Cover.Chosen.All(chosen => chosen.First < reading.First || chosen.First >= reading.Next);

    /// <summary>
    /// Whether a reading that begins within what is folded goes on from it without doubt: both in order and without duplicates,
    /// and in every stream that both have, the last record of the one is in the other. Then what is higher is new, the rest is not.
    /// </summary>
    private bool CanContinue(Reading? previous, Reading reading, long position)
    {
        if (previous?.Next != position || reading.Segment.Sources.Count > 0 || reading.Segment.Transfers > 0)
            return false;

        foreach (var evidence in reading.Segment.Streams)
        {
            var stream = StreamTracker.From(evidence, NoBound);
            var before = previous.Segment.Streams.FirstOrDefault(
                each => each.Incarnation == evidence.Incarnation && each.TopicId == evidence.TopicId && each.Partition == evidence.Partition);
            var highest = _streams.TryGetValue(stream.Key, out var folded) ? folded.Runs.Highest : -1;
            if (!IsClean(stream) || (before is null && stream.Runs.Lowest <= highest))
                return false;
            if (before is null)
                continue;

            var last = before.Runs[^1];
            var meets = last.LastOffset >= reading.First;
            if (!IsClean(StreamTracker.From(before, NoBound)) || last.Last != highest
                || (meets ? stream.Runs.Contains(highest) != true : stream.Runs.Lowest <= highest))
            {
                return false;
            }
        }

        return true;
    }

    private void Append(Reading reading, long position)
    {
        foreach (var evidence in reading.Segment.Streams)
        {
            var later = StreamTracker.From(evidence, NoBound);
            var stream = Tracker(_streams, later.Key);
            stream.Append(position == 0 ? later : later.Above(stream.Runs.Highest));
        }

        foreach (var evidence in reading.Segment.Sources)
            Tracker(_sources, KeyOf(evidence)).Append(StreamTracker.From(evidence, NoBound));
    }

    private static StreamTracker Tracker(Dictionary<StreamKey, StreamTracker> trackers, StreamKey key)
    {
        if (!trackers.TryGetValue(key, out var tracker))
            trackers[key] = tracker = new StreamTracker(key, NoBound);

        return tracker;
    }

    private void See(Reading reading)
    {
        foreach (var stream in reading.Segment.Streams)
        {
            var key = new StreamKey(stream.Incarnation, stream.TopicId, stream.Partition);
            if (!_sightings.TryGetValue(key, out var sightings))
                _sightings[key] = sightings = new Sightings();

            sightings.Add(stream.Runs, reading.Consumer.Isolation);
        }
    }

    private void CompareWithCover(Reading reading)
    {
        var isWithin = Intervals.Of(reading.First, reading.Next).Except(Cover.Offsets).IsEmpty;
        if (!isWithin)
            return;

        foreach (var evidence in reading.Segment.Streams)
        {
            var key = new StreamKey(evidence.Incarnation, evidence.TopicId, evidence.Partition);
            var covered = Intervals.Empty;
            foreach (var chosen in Cover.Chosen.Where(chosen => chosen.First < reading.Next && chosen.Next > reading.First))
            {
                foreach (var stream in chosen.Segment.Streams.Where(stream => KeyOf(stream) == key))
                    covered = covered.Union(Sightings.Range(stream.Runs));
            }

            var extra = Sightings.Exact(evidence.Runs).Except(covered);
            if (extra.IsEmpty)
                continue;

            var elsewhere = _streams.TryGetValue(key, out var folded) ? extra.Intersect(folded.Runs.ToIntervals()).Count : 0;
            _duplicatesElsewhere[key] = _duplicatesElsewhere.GetValueOrDefault(key) + elsewhere;
            _skipped[key] = _skipped.GetValueOrDefault(key, Intervals.Empty).Union(extra);
        }
    }

    private static StreamKey KeyOf(StreamEvidence stream) => new(stream.Incarnation, stream.TopicId, stream.Partition);
}
