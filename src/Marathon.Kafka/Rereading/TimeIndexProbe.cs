using Confluent.Kafka;
using Marathon.Verification;
using Microsoft.Extensions.Logging;

namespace Marathon.Kafka.Rereading;

/// <summary>Asks for offsets by the timestamps of records in the log, and reads there whether the answers are right.</summary>
/// <param name="bootstrapServers"><c>host:port,…</c></param>
/// <param name="clientProperties">Further properties of clients, by their Kafka names.</param>
/// <param name="logger">Where the client library's log goes.</param>
public sealed class TimeIndexProbe(string bootstrapServers, IReadOnlyDictionary<string, string> clientProperties, ILogger logger)
{
    private const int Places = 3, RecordsBefore = 64;
    private static readonly TimeSpan s_answerWithin = TimeSpan.FromSeconds(5);

    /// <summary>Probes partitions; what disagrees. A partition that does not answer in time says nothing.</summary>
    public Task<IReadOnlyList<AnomalyExample>> CheckAsync(string topic, IEnumerable<int> partitions, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            // The answer counts every record, those of aborted transactions too.
            using var consumer = LogReader.Open<Ignore>(bootstrapServers, clientProperties, "time-index", logger);
            return (IReadOnlyList<AnomalyExample>)[.. partitions.SelectMany(partition => Check(consumer, new TopicPartition(topic, partition), cancellationToken).ToArray())];
        },
        cancellationToken);

    private IEnumerable<AnomalyExample> Check(IConsumer<Ignore, Ignore> consumer, TopicPartition partition, CancellationToken cancellationToken)
    {
        for (var place = 1; place <= Places; place++)
        {
            if (Disagreement(consumer, partition, place, cancellationToken) is { } disagreement)
            {
                yield return new AnomalyExample
                {
                    Topic = partition.Topic, Partition = partition.Partition.Value, Offset = disagreement.Offset, SeenAt = DateTimeOffset.FromUnixTimeMilliseconds(disagreement.Timestamp), Detail = disagreement.Detail,
                };
            }
        }
    }

    private (long Offset, long Timestamp, string Detail)? Disagreement(IConsumer<Ignore, Ignore> consumer, TopicPartition partition, int place, CancellationToken cancellationToken)
    {
        try
        {
            var range = consumer.QueryWatermarkOffsets(partition, s_answerWithin);
            var from = range.Low.Value + ((range.High.Value - range.Low.Value) * place / (Places + 1));
            if (range.High.Value - range.Low.Value < Places + 1 || Read(consumer, partition, from, from, cancellationToken) is not [var asked, ..])
                return null;

            var answer = consumer.OffsetsForTimes([new TopicPartitionTimestamp(partition, new Timestamp(asked.Timestamp, TimestampType.CreateTime))], s_answerWithin)[0].Offset.Value;
            var read = answer < 0 ? [] : Read(consumer, partition, Math.Max(range.Low.Value, answer - RecordsBefore), answer, cancellationToken);
            return OffsetForTime.Disagreement(asked.Timestamp, answer, [asked, .. read]) is { } detail ? (asked.Offset, asked.Timestamp, detail) : null;
        }
        catch (KafkaException silent) when (!silent.Error.IsFatal)
        {
            logger.ClientError("time-index", silent.Error.Code, silent.Error.Reason);
            return null;
        }
    }

    /// <summary>The records from one offset up to another, and the first after it when there is none there.</summary>
    private static List<(long Offset, long Timestamp)> Read(IConsumer<Ignore, Ignore> consumer, TopicPartition partition, long from, long to, CancellationToken cancellationToken)
    {
        var read = new List<(long, long)>();
        consumer.Assign(new TopicPartitionOffset(partition, from));
        while (consumer.Consume(s_answerWithin) is { IsPartitionEOF: false } record)
        {
            cancellationToken.ThrowIfCancellationRequested();
            read.Add((record.Offset.Value, record.Message.Timestamp.UnixTimestampMs));
            if (record.Offset.Value >= to)
                break;
        }

        consumer.Unassign();
        return read;
    }
}
