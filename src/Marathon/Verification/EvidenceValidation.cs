using Marathon.Latency;

namespace Marathon.Verification;

/// <summary>What JSON alone cannot say about evidence: who sends it may be broken, or no worker of ours.</summary>
internal static class EvidenceValidation
{
    private const int LongestName = 512, HighestPartition = 1_000_000;

    /// <exception cref="EvidenceFormatException">Names the field.</exception>
    public static void Check(WorkerEvidence evidence)
    {
        Require(evidence.Format == 1, "$.format", $"is {evidence.Format}; this controller knows format 1, use workers of its version");
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
        Require(partition.Next >= 0, $"{path}.next", "is never negative");
        CheckBelow(partition.Acknowledged, partition.Next, $"{path}.acknowledged");
        CheckBelow(partition.Failed, partition.Next, $"{path}.failed");
        CheckBelow(partition.Indeterminate, partition.Next, $"{path}.indeterminate");
        CheckBelow(partition.Aborted, partition.Next, $"{path}.aborted");
        Require(partition.Highest is not { Offset: < 0 }, $"{path}.highest.offset", "is never negative");
        Require(partition.Lowest is not { Offset: < 0 }, $"{path}.lowest.offset", "is never negative");
        Require(partition.RealtimeInversions >= 0, $"{path}.realtimeInversions", "is never negative");
        ForEach(partition.Examples, $"{path}.examples", static (_, _) => { });
    }

    private static void Check(TransactionEvidence transaction, string path)
    {
        Require(transaction.Id >= 1, $"{path}.id", "counts from 1");
        for (var i = 0; i < transaction.Ranges.Count; i++)
        {
            var range = transaction.Ranges[i];
            Require(range.From >= 0 && range.To >= range.From, $"{path}.ranges[{i}]", "runs from a sequence up to one that is not lower");
            CheckPartition(range.Partition, $"{path}.ranges[{i}].partition");
        }
    }

    private static void Check(ConsumerEvidence consumer, string path)
    {
        CheckName(consumer.Name, $"{path}.name");
        ForEach(consumer.Partitions, $"{path}.partitions", Check);
        ForEach(consumer.Transactions, $"{path}.transactions", static (sighting, at) => CheckTime(sighting.FirstReadAt, $"{at}.firstReadAt"));
        Require(consumer.ForgottenOpenTransactions >= 0, $"{path}.forgottenOpenTransactions", "is never negative");
    }

    private static void Check(PartitionEvidence partition, string path)
    {
        CheckName(partition.Topic, $"{path}.topic");
        CheckPartition(partition.Partition, $"{path}.partition");
        ForEach(partition.Segments, $"{path}.segments", Check);
        ForEach(partition.Anomalies, $"{path}.anomalies", Check);
        ForEach(partition.Ownerships, $"{path}.ownerships", static (ownership, at) =>
        {
            CheckTime(ownership.From, $"{at}.from");
            Require(ownership.To is null || ownership.To >= 0, $"{at}.to", "is never negative");
        });
    }

    private static void Check(SegmentEvidence segment, string path)
    {
        Require(segment.First >= 0, $"{path}.first", "is never negative");
        Require(segment.Next >= segment.First, $"{path}.next", $"is {segment.Next}, below the first offset {segment.First}");
        ForEach(segment.Anomalies, $"{path}.anomalies", Check);
        ForEach(segment.Streams, $"{path}.streams", Check);
        Require(
            segment.Streams.DistinctBy(each => (each.Incarnation, each.TopicId, each.Partition)).Count() == segment.Streams.Count,
            $"{path}.streams", "has a stream twice");
        Require(
            segment.CorruptOffsets.Equals(segment.CorruptOffsets.Within(segment.First, segment.Next)),
            $"{path}.corruptOffsets", "has offsets that are not in the segment");
        Require(segment.CorruptUnlisted >= 0, $"{path}.corruptUnlisted", "is never negative");
        Require(segment.Unreadable >= 0, $"{path}.unreadable", "is never negative");
    }

    private static void Check(StreamEvidence stream, string path)
    {
        Require(stream.Count >= 1, $"{path}.count", "a stream without records is not listed");
        Require(stream.Runs.Count > 0 && stream.Runs.Sum(run => run.Present) <= stream.Count, $"{path}.runs", "hold no sequence, or more than records were read");
        Require(stream.LateUnlisted >= 0, $"{path}.lateUnlisted", "is never negative");
        Require(stream.Doubtful >= 0, $"{path}.doubtful", "is never negative");
    }

    private static void Check(AnomalyTally tally, string path)
    {
        Require(tally.Count >= 0, $"{path}.count", "is never negative");
        ForEach(tally.Examples, $"{path}.examples", static (_, _) => { });
    }

    private static void Check(LatencySnapshot latency, string path)
    {
        try
        {
            LatencyHistogram.From(latency);
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

    private static void CheckTime(long nanoseconds, string path) => Require(nanoseconds >= 0, path, "is never negative");

    private static void CheckBelow(Intervals sequences, long next, string path) =>
        Require(sequences.Highest < next, path, $"has sequence {sequences.Highest}, which is not below next, {next}");

    private static void ForEach<T>(IReadOnlyList<T> list, string path, Action<T, string> check)
        where T : class
    {
        for (var i = 0; i < list.Count; i++)
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
