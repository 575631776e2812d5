using Marathon.Records;

namespace Marathon.Verification;

/// <content>What the ends of partitions say, and what compaction and retention have left.</content>
internal sealed partial class RunJoin
{
    private static readonly TimeSpan s_abortScan = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_longestReading = TimeSpan.FromMinutes(1);

    private void LookAtTopics()
    {
        foreach (var topic in _facts.Topics)
        {
            foreach (var (partition, samples) in topic.Samples.OrderBy(pair => pair.Key))
                LookForStuckEnd(topic, partition, samples);
            foreach (var (partition, start) in topic.StartOffsets.OrderBy(pair => pair.Key))
                LookForEarlyRetention(topic, partition, start);
            foreach (var history in _histories.Values.Where(history => topic.Compacted && history.Topic == topic.Name))
                LookAtCompaction(topic, history);
        }
    }

    /// <summary>No transaction lives longer than its time-out and the coordinator's next look: so long may one hold an offset, not longer.</summary>
    private void LookForStuckEnd(TopicFacts topic, int partition, IReadOnlyList<OffsetSample> samples)
    {
        var patience = (long)(_facts.TransactionTimeout + s_abortScan).TotalNanoseconds;
        OffsetSample? since = null;
        foreach (var sample in samples)
        {
            if (sample.Stable >= sample.End)
                since = null;
            else if (since is null || since.Stable != sample.Stable)
                since = sample;
            else if (sample.At - since.At > patience)
            {
                _findings.Add(AnomalyKind.StuckLso, 1, new AnomalyExample
                {
                    Topic = topic.Name,
                    Partition = partition,
                    Offset = sample.Stable,
                    SeenAt = RecordTime.ToTime(sample.At),
                    Around = [.. samples.TakeWhile(each => each.At <= sample.At).TakeLast(2 * Reach + 1).Select(each => Line(each.At, $"the end was {each.End}, the last stable offset {each.Stable}"))],
                    Detail = $"the last stable offset has been {sample.Stable}, below the end at {sample.End}, since {RecordTime.ToTime(since.At):O}: longer than any transaction may last",
                });
                return;
            }
        }
    }

    private void LookForEarlyRetention(TopicFacts topic, int partition, long start)
    {
        var removed = start - topic.FirstOffsets.GetValueOrDefault(partition);
        if (removed <= 0 || topic.Retention is not { } retention || topic.AskedAt - topic.MadeAt >= retention.TotalNanoseconds)
            return;

        _findings.Add(AnomalyKind.EarlyRetention, removed, new AnomalyExample
        {
            Topic = topic.Name,
            Partition = partition,
            Offset = start,
            SeenAt = RecordTime.ToTime(topic.AskedAt),
            Detail = $"the log starts at {start}, {TimeSpan.FromMicroseconds((topic.AskedAt - topic.MadeAt) / 1000.0)} after the topic was made; records are to be kept for {retention}",
        });
    }

    /// <summary>The latest record of a key, by all who read, must be there when the log is read again from its start.</summary>
    private void LookAtCompaction(TopicFacts topic, PartitionHistory history)
    {
        if (!_facts.Drained)
            return;

        var end = topic.EndOffsets.TryGetValue(history.Partition, out var known) ? known : RereadRequest.ToEnd;
        _plan.Want(history, topic.StartOffsets.GetValueOrDefault(history.Partition), end, 0, "compaction must leave the latest record of each key");
        var (latest, left) = (new SortedDictionary<int, KeyTail>(), new Dictionary<int, KeyTail>());
        foreach (var (consumer, tail) in from checkpoint in _checkpoints
                                         from consumer in checkpoint.Consumers
                                         from partition in consumer.Partitions
                                         where partition.Topic == topic.Name && partition.Partition == history.Partition
                                         from tail in partition.KeyTails
                                         select (consumer, tail))
        {
            Keep(latest, tail);
            if (consumer.Rereader)
                Keep(left, tail);
        }

        var reread = history.RereadOffsets;
        foreach (var (key, last) in latest)
        {
            var isThere = left.TryGetValue(key, out var tail) && tail.Offset >= last.Offset;
            if (isThere || !Intervals.Of(topic.StartOffsets.GetValueOrDefault(history.Partition), last.Offset + 1).Except(reread).IsEmpty)
                continue;
            if (!last.Deleted)
                Lost(AnomalyKind.CompactionLostLatest, "the latest record of the key is gone");
            else if (tail is { Deleted: false } && topic.DeleteRetention > s_longestReading)
                Lost(AnomalyKind.TombstoneResurrected, $"the key was deleted at this offset, and what is left of it is its record at {tail.Offset}");

            void Lost(AnomalyKind kind, string detail) => _findings.Add(kind, 1, new AnomalyExample
            {
                Topic = topic.Name, Partition = history.Partition, Offset = last.Offset, KeyId = key, Detail = detail,
            });
        }
    }

    private static void Keep(IDictionary<int, KeyTail> tails, KeyTail tail)
    {
        if (!tails.TryGetValue(tail.KeyId, out var known) || known.Offset < tail.Offset)
            tails[tail.KeyId] = tail;
    }
}
