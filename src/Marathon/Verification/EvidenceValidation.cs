using Marathon.Latency;

namespace Marathon.Verification;

/// <summary>What JSON alone cannot say about evidence: who sends it may be broken, or no worker of ours.</summary>
internal static class EvidenceValidation
{
    private const int LongestName = 512, HighestPartition = 1_000_000;

    /// <exception cref="EvidenceFormatException">Names the field.</exception>
    public static void Check(WorkerEvidence evidence)
    {
        Require(
            evidence.Format is >= 1 and <= WorkerEvidence.CurrentFormat, "$.format",
            $"is {evidence.Format}; this controller knows formats 1 to {WorkerEvidence.CurrentFormat}, use workers of its version");
        CheckName(evidence.Run, "$.run");
        CheckName(evidence.Worker, "$.worker");
        Require(evidence.Epoch >= 1, "$.epoch", "counts from 1");
        Require(evidence.Number >= 1, "$.number", "counts from 1");
        ForEach(evidence.Producers, "$.producers", Check);
        ForEach(evidence.Consumers, "$.consumers", Check);
        ForEach(evidence.Anomalies, "$.anomalies", Check);
        Check(evidence.PublishLatency, "$.publishLatency");
        Check(evidence.EndToEndLatency, "$.endToEndLatency");
    }

    private static void Check(ProducerEvidence producer, string path)
    {
        Require(producer.Incarnation != 0, $"{path}.incarnation", "is never 0");
        CheckName(producer.Name, $"{path}.name");
        CheckName(producer.Topic, $"{path}.topic");
        ForEach(producer.Partitions, $"{path}.partitions", Check);
        Require(
            producer.Partitions.DistinctBy(each => each.Partition).Count() == producer.Partitions.Count,
            $"{path}.partitions", "has a partition twice");
        ForEach(producer.Transactions, $"{path}.transactions", Check);
    }

    private static void Check(ProducerPartitionEvidence partition, string path)
    {
        CheckPartition(partition.Partition, $"{path}.partition");
        CheckCount(partition.Next, $"{path}.next");
        CheckBelow(partition.Acknowledged, partition.Next, $"{path}.acknowledged");
        CheckBelow(partition.Failed, partition.Next, $"{path}.failed");
        CheckBelow(partition.Indeterminate, partition.Next, $"{path}.indeterminate");
        CheckBelow(partition.Aborted, partition.Next, $"{path}.aborted");
        CheckCount(partition.Highest?.Offset ?? 0, $"{path}.highest.offset");
        CheckCount(partition.Highest?.Sequence ?? 0, $"{path}.highest.sequence");
        CheckCount(partition.Lowest?.Offset ?? 0, $"{path}.lowest.offset");
        CheckCount(partition.Lowest?.Sequence ?? 0, $"{path}.lowest.sequence");
        CheckCount(partition.RealtimeInversions, $"{path}.realtimeInversions");
        ForEach(partition.Examples, $"{path}.examples", static (_, _) => { });
    }

    private static void Check(TransactionEvidence transaction, string path)
    {
        Require(transaction.Id >= 1, $"{path}.id", "counts from 1");
        for (var i = 0; i < transaction.Ranges.Count; i++)
        {
            var range = transaction.Ranges[i];
            CheckCount(range.To, $"{path}.ranges[{i}].to");
            Require(range.From >= 0 && range.To >= range.From, $"{path}.ranges[{i}]", "runs from a sequence up to one that is not lower");
            CheckPartition(range.Partition, $"{path}.ranges[{i}].partition");
        }

        Require(transaction.ReadFrom is not null, $"{path}.readFrom", "is missing, a list is wanted");
    }

    private static void Check(ConsumerEvidence consumer, string path)
    {
        CheckName(consumer.Name, $"{path}.name");
        ForEach(consumer.Partitions, $"{path}.partitions", Check);
        ForEach(consumer.Transactions, $"{path}.transactions", static (sighting, at) => CheckTime(sighting.FirstReadAt, $"{at}.firstReadAt"));
        CheckCount(consumer.ForgottenOpenTransactions, $"{path}.forgottenOpenTransactions");
    }

    private static void Check(PartitionEvidence partition, string path)
    {
        CheckName(partition.Topic, $"{path}.topic");
        CheckPartition(partition.Partition, $"{path}.partition");
        ForEach(partition.Segments, $"{path}.segments", Check);
        ForEach(partition.Anomalies, $"{path}.anomalies", Check);
        ForEach(partition.KeyTails, $"{path}.keyTails", static (tail, at) => Require(tail is { KeyId: >= 0, Offset: >= 0 }, at, "has a negative key or offset"));
        ForEach(partition.Ownerships, $"{path}.ownerships", static (ownership, at) =>
        {
            CheckTime(ownership.From, $"{at}.from");
            Require(ownership.To is null || ownership.To >= 0, $"{at}.to", "is never negative");
        });
    }

    private static void Check(SegmentEvidence segment, string path)
    {
        CheckCount(segment.First, $"{path}.first");
        CheckCount(segment.Next, $"{path}.next");
        Require(segment.Next >= segment.First, $"{path}.next", $"is {segment.Next}, below the first offset {segment.First}");
        ForEach(segment.Anomalies, $"{path}.anomalies", Check);
        CheckStreams(segment.Streams, $"{path}.streams");
        CheckStreams(segment.Sources, $"{path}.sources");
        Require(
            segment.CorruptOffsets.Equals(segment.CorruptOffsets.Within(segment.First, segment.Next)),
            $"{path}.corruptOffsets", "has offsets that are not in the segment");
        CheckCount(segment.CorruptUnlisted, $"{path}.corruptUnlisted");
        CheckCount(segment.Unreadable, $"{path}.unreadable");
        CheckCount(segment.Transfers, $"{path}.transfers");
    }

    private static void CheckStreams(IReadOnlyList<StreamEvidence> streams, string path)
    {
        ForEach(streams, path, Check);
        Require(
            streams.DistinctBy(each => (each.Incarnation, each.TopicId, each.Partition)).Count() == streams.Count,
            path, "has a stream twice");
    }

    private static void Check(StreamEvidence stream, string path)
    {
        CheckCount(stream.Count, $"{path}.count");
        Require(stream.Count >= 1, $"{path}.count", "a stream without records is not listed");
        Require(stream.Runs.Count > 0 && stream.Runs.Sum(run => run.Present) <= stream.Count, $"{path}.runs", "hold no sequence, or more than records were read");
        CheckCount(stream.LateUnlisted, $"{path}.lateUnlisted");
        CheckCount(stream.Doubtful, $"{path}.doubtful");
    }

    private static void Check(AnomalyTally tally, string path)
    {
        CheckCount(tally.Count, $"{path}.count");
        ForEach(tally.Examples, $"{path}.examples", static (_, _) => { });
    }

    private static void Check(LatencySnapshot latency, string path)
    {
        Require(latency?.Buckets is not null, path, "is missing, or has no buckets");
        try
        {
            LatencyHistogram.From(latency!);
        }
        catch (FormatException e)
        {
            throw new EvidenceFormatException(path, e.Message, e);
        }
    }

    private static void CheckName(string name, string path) =>
        Require(name.Length is > 0 and <= LongestName, path, $"is empty or longer than {LongestName} characters");

    private static void CheckPartition(int partition, string path) =>
        Require(partition is >= 0 and <= HighestPartition, path, $"is {partition}; partitions are 0 to {HighestPartition}");

    private static void CheckCount(long count, string path) =>
        Require(count is >= 0 and <= FlatArray.Largest, path, $"is {count}; 0 to {FlatArray.Largest} is possible");

    private static void CheckTime(long nanoseconds, string path) => Require(nanoseconds >= 0, path, "is never negative");

    private static void CheckBelow(Intervals sequences, long next, string path) =>
        Require(sequences.Highest < next, path, $"has sequence {sequences.Highest}, which is not below next, {next}");

    private static void ForEach<T>(IReadOnlyList<T> list, string path, Action<T, string> check)
        where T : class
    {
        Require(list is not null, path, "is missing, a list is wanted");
        for (var i = 0; i < list!.Count; i++)
        {
            Require(list[i] is not null, $"{path}[{i}]", "is null, an object is wanted");
            check(list[i], $"{path}[{i}]");
        }
    }

    private static void Require(bool holds, string path, string problem)
    {
        if (!holds)
            throw new EvidenceFormatException(path, problem);
    }
}
