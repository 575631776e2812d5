namespace Marathon.Verification;

/// <content>Consume-transform-produce: each record of the input once in the output.</content>
internal sealed partial class RunJoin
{
    private void LookAtPipelines()
    {
        var (broken, inputs) = (0L, new List<AnomalyExample>());
        var sources = _histories.Values.SelectMany(history => history.Sources.Values).GroupBy(source => source.Key);
        foreach (var source in sources.OrderBy(group => group.Key, StreamKey.Ascending))
        {
            var topic = _facts.Topics.FirstOrDefault(each => each.Id == source.Key.TopicId);
            var whole = new StreamTracker(source.Key, int.MaxValue / 2);
            foreach (var part in source)
                whole.Append(part);

            var twice = whole.Duplicates;
            var never = topic is null ? 0 : NeverTransformed(topic, source.Key.Partition, whole.Runs.Present);
            if (whole.Doubtful > 0 || whole.Runs.IsBlurred)
                Gap(topic?.Name, source.Key.Partition, "more holes in the transformed offsets than could be kept");

            if (twice + never == 0)
                continue;

            broken += twice + never;
            inputs.Add(new AnomalyExample
            {
                Topic = topic?.Name,
                Partition = source.Key.Partition,
                Offset = FirstTwice(source),
                Around = MadeFrom(source.Key),
                Detail = $"of this input {twice} records are in the output again, and {never} are not in it",
            });
        }

        // The records that were noticed first, with room left for the accounts of their inputs.
        var seen = _histories.Values.SelectMany(history => Seen(history, AnomalyKind.EosBroken)).Take(AnomalyCatalog.ExamplesOf(AnomalyKind.EosBroken) / 2);
        _findings.Add(AnomalyKind.EosBroken, broken, [.. seen, .. inputs]);
    }

    /// <summary>The first offset of the input whose record is in two partitions of the output; null when none is.</summary>
    private static long? FirstTwice(IEnumerable<StreamTracker> parts)
    {
        var (once, twice) = (Intervals.Empty, Intervals.Empty);
        foreach (var offsets in parts.Select(part => part.Runs.ToIntervals()))
            (once, twice) = (once.Union(offsets), twice.Union(once.Intersect(offsets)));

        return twice.IsEmpty ? null : twice.Lowest;
    }

    /// <summary>Where in the output the records are that were made from one partition of the input.</summary>
    private List<string> MadeFrom(StreamKey input) =>
    [
        .. from history in _histories.Values
           where history.Sources.ContainsKey(input)
           let made = history.Sources[input]
           select $"partition {history.Partition} of {history.Topic} holds {made.Count} records made from offsets {made.Runs.Lowest} to {made.Runs.Highest} of it, {made.Runs.Present} different ones",
    ];

    /// <summary>
    /// A transfer is two records in one transaction, so what read_committed consumers have read to the end adds up to nothing.
    /// </summary>
    private void LookAtConservation()
    {
        var readings = _histories.Values.SelectMany(history => history.Cover.Chosen).ToArray();
        if (!_facts.Drained || readings.All(reading => reading.Segment.Transfers == 0) || _records.Unseen > 0
            || readings.Any(reading => reading.Consumer.Isolation != Isolation.ReadCommitted) || _histories.Values.Any(history => history.Unresolved.Count > 0))
        {
            return;
        }

        var balances = _histories.Values
            .Select(history => (history.Topic, history.Partition, Balance: history.Cover.Chosen.Aggregate(0L, (sum, reading) => unchecked(sum + reading.Segment.TransferBalance))))
            .ToArray();
        var balance = balances.Aggregate(0L, (sum, each) => unchecked(sum + each.Balance));
        if (balance != 0)
        {
            _findings.Add(AnomalyKind.ConservationBroken, 1, new AnomalyExample
            {
                Topic = _histories.Values.First().Topic,
                Around = [.. balances.Select(each => $"partition {each.Partition} of {each.Topic}: what its keys have got less what they have given is {each.Balance}")],
                Detail = $"the {readings.Sum(reading => reading.Segment.Transfers)} records of transfers add up to {balance}: what keys have got is not what others have given",
            });
        }
    }

    private long NeverTransformed(TopicFacts topic, int partition, long transformed)
    {
        if (!_facts.Drained || !_histories.TryGetValue((topic.Name, partition), out var input)
            || input.Cover.Chosen.Any(reading => reading.Consumer.Isolation != Isolation.ReadCommitted))
        {
            return 0;
        }

        return Math.Max(0, input.Streams.Values.Sum(stream => stream.Count) - transformed);
    }
}
