namespace Marathon.Verification;

/// <content>What the readings of a partition say without asking producers.</content>
internal sealed partial class RunJoin
{
    private const int SampledPartitions = 8, SampledOffsets = 32_768;
    private readonly Dictionary<StreamKey, SendAccount> _accounts = [];
    private int _sampled;

    private void LookAtPartitions()
    {
        foreach (var history in _histories.Values)
        {
            var topic = _topics[history.Topic];
            AddTallies(history, topic);
            AddOrder(history);
            AddRegression(history, topic);
            // What compaction has removed in between, a second reading cannot show.
            AnomalyTally[] conflicts = topic.Removes ? [] : [.. ReadingComparison.Conflicts(history, Uncertain)];
            foreach (var conflict in conflicts)
                _findings.Add(conflict);

            // Where two consumers got different records, those of the second were not passed over by the first; and what nobody
            // promised to be there may come and go.
            var passedOver = history.Skipped.Select(stream => (stream.Key, Sequences: stream.Value.Except(Uncertain(stream.Key)))).Where(stream => !stream.Sequences.IsEmpty).ToArray();
            var skipped = passedOver.Sum(stream => stream.Sequences.Count);
            if (skipped > 0 && conflicts.All(conflict => conflict.Kind != AnomalyKind.OffsetConflict))
            {
                var (key, sequences) = passedOver.MinBy(stream => stream.Key, StreamKey.Ascending);
                _findings.Add(AnomalyKind.PollSkip, skipped, new AnomalyExample
                {
                    Topic = history.Topic,
                    Partition = history.Partition,
                    Between = Clip(RecordPlace.Of(RunsOf(key), sequences.First(), null), topic, history.Partition),
                    Incarnation = key.Incarnation,
                    Sequence = sequences.First().From,
                    Around = Around(key, sequences.First()),
                    Detail = $"{skipped} records were passed over on the first reading and found on the second",
                });
            }

            if (_facts is { Drained: true, SecondReading: true } && !topic.Removes && history.Cover.Others.Count == 0 && _sampled < SampledPartitions)
                WantSample(history);

            foreach (var offsets in history.Unresolved)
            {
                Gap(history.Topic, history.Partition, $"offsets {offsets} were read, but not so that duplicates among them can be counted");
                if (_facts.Drained)
                    _plan.Want(history, offsets.From, offsets.To, 0, "readings overlap without a common end");
            }
        }
    }

    /// <summary>
    /// Whoever reads the same offsets again must get the same records. Where nobody has, the latest are read again.
    /// </summary>
    private void WantSample(PartitionHistory history)
    {
        var chosen = history.Cover.Chosen;
        if (chosen.Count == 0)
            return;

        _sampled++;
        var (to, from) = (chosen[^1].Next, chosen[^1].Next);
        for (var i = chosen.Count - 1; i >= 0 && chosen[i].Next == from && to - chosen[i].First <= SampledOffsets; i--)
            from = chosen[i].First;
        if (from < to)
            _plan.Want(history, from, to, 0, "a second reading must show the same records");
    }

    private Intervals Uncertain(StreamKey key) =>
        _accounts.TryGetValue(key, out var account)
            ? account.Evidence.Failed.Union(account.Evidence.Aborted).Union(account.Evidence.Indeterminate).Union(account.InFlight)
            : Intervals.Of(0, long.MaxValue);

    /// <summary>Anomalies at offsets count once; one that only a second reading saw counts too.</summary>
    private void AddTallies(PartitionHistory history, TopicFacts topic)
    {
        foreach (var reading in history.Cover.Chosen)
            AddTallies(reading.Segment, topic, kind => true);

        var byReader = history.Cover.Others.GroupBy(reading => reading.Reader).OrderBy(group => group.Key, StringComparer.Ordinal);
        var unseenByCover = Enum.GetValues<AnomalyKind>()
            .Where(kind => history.Cover.Chosen.All(reading => reading.Segment.Anomalies.All(tally => tally.Kind != kind)))
            .ToHashSet();
        foreach (var kind in unseenByCover.Where(IsAtAnOffset))
        {
            var most = byReader.MaxBy(group => group.Sum(reading => Tally(reading.Segment, kind)));
            foreach (var reading in most ?? Enumerable.Empty<Reading>())
                AddTallies(reading.Segment, topic, each => each == kind);
        }

        foreach (var tally in Partitions(history).SelectMany(partition => partition.Anomalies))
            _findings.Add(tally);
    }

    private void AddTallies(SegmentEvidence segment, TopicFacts topic, Func<AnomalyKind, bool> wanted)
    {
        foreach (var tally in segment.Anomalies.Where(tally => IsAtAnOffset(tally.Kind) && wanted(tally.Kind)))
        {
            // In a topic that others write to, what is no record of this run is theirs.
            var theirs = topic.Exclusive ? 0 : tally.Kind == AnomalyKind.Corrupt ? segment.Unreadable
                : tally.Kind == AnomalyKind.Phantom ? tally.Count : 0;
            _findings.Add(tally with { Count = tally.Count - theirs });
        }
    }

    private static bool IsAtAnOffset(AnomalyKind kind) => kind is not (AnomalyKind.Duplicate or AnomalyKind.Reorder or AnomalyKind.EosBroken);

    private static long Tally(SegmentEvidence segment, AnomalyKind kind) =>
        segment.Anomalies.Where(tally => tally.Kind == kind).Sum(tally => tally.Count);

    private IEnumerable<PartitionEvidence> Partitions(PartitionHistory history) =>
        _checkpoints.SelectMany(checkpoint => checkpoint.Consumers).SelectMany(consumer => consumer.Partitions)
            .Where(partition => partition.Topic == history.Topic && partition.Partition == history.Partition);

    private void AddOrder(PartitionHistory history)
    {
        foreach (var (key, stream) in history.Streams.OrderBy(pair => pair.Key, StreamKey.Ascending))
        {
            var duplicates = stream.Duplicates + history.DuplicatesElsewhere.GetValueOrDefault(key);
            _findings.Add(AnomalyKind.Duplicate, duplicates, Examples(history, key, AnomalyKind.Duplicate, $"{duplicates} records have a sequence that is at another offset too"));
            _findings.Add(AnomalyKind.Reorder, stream.LateCount, Examples(history, key, AnomalyKind.Reorder, $"out of order are {stream.LateCount} records, sequences {stream.Late}"));
            if (stream.Doubtful > 0)
                Gap(history.Topic, history.Partition, $"{stream.Doubtful} records of incarnation {key.Incarnation} are late or duplicates; which, more holes than could be kept do not tell");
        }
    }

    private static AnomalyExample[] Examples(PartitionHistory history, StreamKey key, AnomalyKind kind, string otherwise)
    {
        var seen = Seen(history, kind).Where(example => example.Incarnation == key.Incarnation).ToArray();
        return seen.Length > 0 ? seen :
        [
            new AnomalyExample { Topic = history.Topic, Partition = history.Partition, Incarnation = key.Incarnation, Detail = otherwise },
        ];
    }

    /// <summary>What consumers noticed of a kind as they read.</summary>
    private static IEnumerable<AnomalyExample> Seen(PartitionHistory history, AnomalyKind kind) =>
        history.Cover.Chosen.SelectMany(reading => reading.Segment.Anomalies).Where(tally => tally.Kind == kind).SelectMany(tally => tally.Examples);

    private void AddRegression(PartitionHistory history, TopicFacts topic)
    {
        if (!_facts.Drained || !topic.EndOffsets.TryGetValue(history.Partition, out var end))
            return;

        var acknowledged = _checkpoints.SelectMany(checkpoint => checkpoint.Producers)
            .Where(producer => producer.Topic == topic.Name && producer.Acks == Acks.All)
            .SelectMany(producer => producer.Partitions)
            .Where(evidence => evidence.Partition == history.Partition)
            .Max(evidence => evidence.Highest?.Offset) ?? -1;
        if (history.Position <= end && acknowledged < end)
            return;

        _findings.Add(AnomalyKind.LogRegression, 1, new AnomalyExample
        {
            Topic = topic.Name,
            Partition = history.Partition,
            Offset = end,
            Detail = $"the log ends at {end}; consumers had been at {history.Position}, and offset {acknowledged} had been acknowledged by all replicas",
        });
    }
}
