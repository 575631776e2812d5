using Marathon.Workers.Load;

namespace Marathon.Verification;

/// <content>Acknowledged records that nobody read: lost, or not yet known to be.</content>
internal sealed partial class RunJoin
{
    private static readonly Interval s_anywhere = new(0, RereadRequest.ToEnd);
    private readonly Dictionary<PartitionHistory, Intervals> _corruptOffsets = [];
    private HashSet<(string? Topic, int? Partition)>? _wentBack;

    private void DecideMissing(ProducerEvidence producer, TopicFacts topic, StreamKey key, SendAccount account, PartitionHistory history)
    {
        var runs = history.Streams.GetValueOrDefault(key)?.Runs.ToRuns() ?? [];
        var isOrdered = producer.Guarantee is Guarantee.Idempotent or Guarantee.ExactlyOnce;
        var lost = Intervals.Empty;
        foreach (var missing in account.Missing.SelectMany(interval => SplitAtRuns(interval, runs)))
        {
            var place = Clip(WentBack(topic.Name, key.Partition) ? s_anywhere : RecordPlace.Of(runs, missing, isOrdered ? account.Evidence : null), topic, key.Partition);
            var unaccounted = missing.Count - TakeCorrupt(history, place, missing.Count);
            var proven = Proven(topic, key.Partition, account, missing with { From = missing.To - unaccounted }, place, history);
            _records = _records with
            {
                Received = _records.Received + (missing.Count - unaccounted),
                Lost = _records.Lost + proven.Count,
                Unseen = _records.Unseen + (unaccounted - proven.Count),
            };
            lost = lost.Union(proven);
            Find(AnomalyKind.LostAckedWrite, producer, topic, key, proven, $"acknowledged, and not at offsets {place}, where they belong", place);
            if (_facts.Drained && proven.Count < unaccounted)
            {
                var unread = Intervals.Of(place.From, place.To).Except(history.RereadOffsets);
                var withheld = topic.Withheld.FirstOrDefault(each => each.Covers(key.Partition, unread));
                _findings.Add(
                    AnomalyKind.Unseen, withheld is null ? Circumstance.None : Circumstance.Withheld, unaccounted - proven.Count,
                    Example(producer, topic, key, missing, $"acknowledged and not read; {withheld?.ToString() ?? $"offsets {place} must be read again"}", place));
                if (!topic.Removes && withheld is null)
                    _plan.Want(history, place.From, place.To, unaccounted - proven.Count, "acknowledged records were not read");
            }
        }

        if (!lost.IsEmpty)
            _lost[key] = lost;
    }

    /// <summary>Records read on a second reading lie between those of the first, so a missing interval may span several places.</summary>
    private static IEnumerable<Interval> SplitAtRuns(Interval missing, IReadOnlyList<SequenceRun> runs)
    {
        foreach (var run in runs)
        {
            if (run.First > missing.From && run.First < missing.To)
            {
                yield return missing with { To = run.First };
                missing = missing with { From = run.First };
            }
        }

        yield return missing;
    }

    /// <summary>
    /// Whether a consumer met a log that had been cut off below what it had read. What was written from there on is at offsets that
    /// were passed before: where a record belongs, those that were read do not tell.
    /// </summary>
    private bool WentBack(string topic, int partition) => (_wentBack ??=
    [
        .. _facts.Observed.Concat(_checkpoints.SelectMany(checkpoint => checkpoint.Anomalies))
            .Where(tally => tally.Kind == AnomalyKind.LogRegression)
            .SelectMany(tally => tally.Examples)
            .Select(example => (example.Topic, example.Partition)),
    ]).Contains((topic, partition));

    private Interval Clip(Interval place, TopicFacts topic, int partition)
    {
        var from = Math.Max(place.From, topic.StartOffsets.GetValueOrDefault(partition));
        var to = topic.EndOffsets.TryGetValue(partition, out var end) && _facts.Drained ? Math.Min(place.To, end) : place.To;
        return new Interval(from, Math.Max(from, to));
    }

    private Intervals Proven(
        TopicFacts topic, int partition, SendAccount account, Interval missing, Interval place, PartitionHistory history)
    {
        if (!_facts.Drained || topic.Removes || history.CorruptUnlisted > 0)
            return Intervals.Empty;

        var hasEnd = topic.EndOffsets.TryGetValue(partition, out var end);
        if ((hasEnd || place.To != RereadRequest.ToEnd) && Intervals.Of(place.From, place.To).Except(history.RereadOffsets).IsEmpty)
            return Intervals.Of(missing.From, missing.To);

        // The one record whose offset is known to be beyond the end needs no second reading.
        return hasEnd && account.Evidence.Highest is { } highest && highest.Offset >= end
            && highest.Sequence >= missing.From && highest.Sequence < missing.To
            ? Intervals.Of(highest.Sequence)
            : Intervals.Empty;
    }

    /// <summary>How many of the missing are accounted for by records at their place that are too corrupt to say which they are.</summary>
    private long TakeCorrupt(PartitionHistory history, Interval place, long wanted)
    {
        if (history.CorruptOffsets.IsEmpty)
            return 0;

        var left = _corruptOffsets.GetValueOrDefault(history, history.CorruptOffsets);
        var taken = 0L;
        foreach (var offsets in left.Within(place.From, place.To))
        {
            var take = Math.Min(offsets.Count, wanted - taken);
            left = left.Except(Intervals.Of(offsets.From, offsets.From + take));
            taken += take;
        }

        _corruptOffsets[history] = left;
        return taken;
    }
}
