namespace Marathon.Verification;

/// <content>Transactions, and who owned which partition.</content>
internal sealed partial class RunJoin
{
    private readonly HashSet<(long Incarnation, long Id)> _readOpen = [];

    private void LookAtTransactions()
    {
        var transactions = new Dictionary<(long Incarnation, long Id), TransactionEvidence>();
        foreach (var producer in _checkpoints.SelectMany(checkpoint => checkpoint.Producers))
        {
            foreach (var transaction in producer.Transactions)
            {
                transactions[(producer.Incarnation, transaction.Id)] = transaction;
                LookForTear(producer, transaction);
            }
        }

        foreach (var consumer in _checkpoints.SelectMany(checkpoint => checkpoint.Consumers))
        {
            if (consumer.ForgottenOpenTransactions > 0)
            {
                _findings.Add(
                    AnomalyKind.UncommittedRead, consumer.ForgottenOpenTransactions,
                    new AnomalyExample { SeenBy = consumer.Name, Detail = "transactions were read before their last record was sent" });
            }

            foreach (var sighting in consumer.Transactions)
                LookForOpen(consumer, sighting, transactions.GetValueOrDefault((sighting.Incarnation, sighting.Id)));
        }
    }

    private void LookForOpen(ConsumerEvidence consumer, TransactionSighting sighting, TransactionEvidence? transaction)
    {
        var readBeforeEnd = transaction is { EndingAt: > 0 } && sighting.FirstReadAt + _facts.ClockErrorBound < transaction.EndingAt;
        if ((!sighting.WasOpen && !readBeforeEnd) || !_readOpen.Add((sighting.Incarnation, sighting.Id)))
            return;

        _findings.Add(AnomalyKind.UncommittedRead, 1, new AnomalyExample
        {
            Topic = sighting.Topic,
            Partition = sighting.Partition,
            Offset = sighting.Offset,
            Incarnation = sighting.Incarnation,
            SeenAt = Records.RecordTime.ToTime(sighting.FirstReadAt),
            SeenBy = consumer.Name,
            Detail = readBeforeEnd
                ? $"transaction {sighting.Id} was read before its producer asked for its end"
                : $"transaction {sighting.Id} was read before its last record was sent",
        });
    }

    /// <summary>
    /// Seen in part, and the rest proven lost (committed), or passed by a reading in order to the end of the log (outcome unknown:
    /// all of it or nothing).
    /// </summary>
    private void LookForTear(ProducerEvidence producer, TransactionEvidence transaction)
    {
        if (!_topics.TryGetValue(producer.Topic, out var topic) || transaction.Outcome is TransactionOutcome.Open or TransactionOutcome.Aborted)
            return;

        long seen = 0, absent = 0;
        (StreamKey Key, Interval Sequences)? firstAbsent = null;
        foreach (var range in transaction.Ranges)
        {
            var key = new StreamKey(producer.Incarnation, topic.Id, range.Partition);
            var read = (_seen.GetValueOrDefault(key)?.Committed ?? Intervals.Empty).Within(range.From, range.To);
            seen += read.Count;
            var gone = transaction.Outcome == TransactionOutcome.Committed
                ? (_lost.GetValueOrDefault(key) ?? Intervals.Empty).Within(range.From, range.To)
                : Passed(producer, topic, key, Intervals.Of(range.From, range.To).Except(read));
            absent += gone.Count;
            if (firstAbsent is null && !gone.IsEmpty)
                firstAbsent = (key, gone.First());
        }

        if (seen == 0 || firstAbsent is not var (at, missing))
            return;

        _findings.Add(AnomalyKind.TornTransaction, 1, new AnomalyExample
        {
            Topic = topic.Name,
            Partition = at.Partition,
            Between = Clip(RecordPlace.Of(RunsOf(at), missing, null), topic, at.Partition),
            Incarnation = producer.Incarnation,
            Sequence = missing.From,
            SeenAt = transaction.EndedAt > 0 ? Records.RecordTime.ToTime(transaction.EndedAt) : null,
            SeenBy = producer.Name,
            Detail = $"of transaction {transaction.Id} {seen} records are there and {absent} are not, the first of them sequence {missing.From} of partition {at.Partition}",
            Around = [.. Around(Steps((producer.Incarnation, transaction)), null) ?? [], .. Around(at, missing) ?? []],
        });
    }

    private Intervals Passed(ProducerEvidence producer, TopicFacts topic, StreamKey key, Intervals sequences)
    {
        if (sequences.IsEmpty || !_facts.Drained || !_histories.TryGetValue((topic.Name, key.Partition), out var history))
            return Intervals.Empty;

        var failed = producer.Partitions.FirstOrDefault(each => each.Partition == key.Partition)?.Failed ?? Intervals.Empty;
        var runs = history.Streams.GetValueOrDefault(key)?.Runs.ToRuns() ?? [];
        var passed = Intervals.Empty;
        foreach (var interval in sequences.Except(failed))
        {
            var place = Clip(RecordPlace.Of(runs, interval, null), topic, key.Partition);
            if (place.To != RereadRequest.ToEnd && Intervals.Of(place.From, place.To).Except(history.RereadOffsets).IsEmpty)
                passed = passed.Union(Intervals.Of(interval.From, interval.To));
        }

        return passed;
    }

    /// <summary>
    /// Assignments of two members that both gave the partition up in good order. One that was evicted, or died, did not know
    /// that its time was over.
    /// </summary>
    private void LookAtOwnership()
    {
        var owned = from checkpoint in _checkpoints
                    from consumer in checkpoint.Consumers
                    where consumer.Group is not null
                    from partition in consumer.Partitions
                    from ownership in partition.Ownerships
                    where ownership is { Lost: false, To: not null }
                    group (consumer.Name, Ownership: ownership) by (consumer.Group, partition.Topic, partition.Partition);
        foreach (var partition in owned)
        {
            (string Name, Ownership Ownership)? latest = null;
            foreach (var next in partition.OrderBy(each => each.Ownership.From).ThenBy(each => each.Name, StringComparer.Ordinal))
            {
                if (latest is { } before && before.Name != next.Name && next.Ownership.From + _facts.ClockErrorBound < before.Ownership.To)
                {
                    _findings.Add(AnomalyKind.DoubleOwnership, 1, new AnomalyExample
                    {
                        Topic = partition.Key.Topic,
                        Partition = partition.Key.Partition,
                        SeenAt = Records.RecordTime.ToTime(next.Ownership.From),
                        SeenBy = next.Name,
                        Detail = $"{next.Name} owned it from {Records.RecordTime.ToTime(next.Ownership.From):O}, {before.Name} until {Records.RecordTime.ToTime(before.Ownership.To ?? 0):O}",
                    });
                }

                if (latest is null || next.Ownership.To > latest.Value.Ownership.To)
                    latest = next;
            }
        }
    }
}
