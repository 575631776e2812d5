using Confluent.Kafka;
using Marathon.Verification;
using Microsoft.Extensions.Logging;

namespace Marathon.Kafka.Rereading;

/// <summary>Reads what the log holds around places where something is wrong, so that a report can quote it.</summary>
/// <param name="bootstrapServers"><c>host:port,…</c></param>
/// <param name="clientProperties">Further properties of clients, by their Kafka names.</param>
/// <param name="logger">Where the client library's log goes.</param>
public sealed class LogQuoter(string bootstrapServers, IReadOnlyDictionary<string, string> clientProperties, ILogger logger)
{
    private const int Reach = 5, RecordsAtMost = 50_000;
    private static readonly TimeSpan s_answerWithin = TimeSpan.FromSeconds(2), s_allWithin = TimeSpan.FromSeconds(20);

    /// <summary>Quotes the places, in turn, until the time is over; of a partition that does not answer only the first.</summary>
    public Task<IReadOnlyList<LogExcerpt>> QuoteAsync(string topic, IReadOnlyList<LogPlace> places, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var consumer = LogReader.Open<byte[]>(bootstrapServers, clientProperties, "quote", logger);
            var (since, silent, quoted) = (TimeProvider.System.GetTimestamp(), new HashSet<int>(), new List<LogExcerpt>());
            foreach (var place in places)
            {
                if (TimeProvider.System.GetElapsedTime(since) > s_allWithin)
                    break;
                if (silent.Contains(place.Partition))
                    continue;

                var excerpt = new LogExcerptBuilder(place, Reach);
                try
                {
                    if (!Read(consumer, new TopicPartition(topic, place.Partition), place, excerpt, cancellationToken))
                        silent.Add(place.Partition);
                }
                catch (KafkaException error) when (!error.Error.IsFatal)
                {
                    logger.ClientError("quote", error.Error.Code, error.Error.Reason);
                    silent.Add(place.Partition);
                    excerpt.Say($"nothing more could be read: {error.Error.Reason}");
                }

                quoted.Add(excerpt.ToExcerpt());
            }

            return (IReadOnlyList<LogExcerpt>)quoted;
        },
        cancellationToken);

    /// <summary>Returns whether the partition answered.</summary>
    private static bool Read(
        IConsumer<byte[], byte[]> consumer, TopicPartition partition, LogPlace place, LogExcerptBuilder excerpt, CancellationToken cancellationToken)
    {
        var log = consumer.QueryWatermarkOffsets(partition, s_answerWithin);
        var from = Math.Max(log.Low.Value, place.Offsets.From - Reach);
        if (from >= log.High.Value)
        {
            excerpt.Say($"the log holds offsets {log.Low.Value} to {log.High.Value}, the last excluded");
            return true;
        }

        consumer.Assign(new TopicPartitionOffset(partition, from));
        try
        {
            excerpt.BeginAt(from);
            for (var records = 0; records < RecordsAtMost && !excerpt.IsComplete; records++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (consumer.Consume(s_answerWithin) is not { } result)
                {
                    excerpt.Say($"nothing more was given within {s_answerWithin.TotalSeconds:0} s, although the log goes on to offset {log.High.Value}");
                    return false;
                }

                if (result.IsPartitionEOF)
                {
                    excerpt.EndAt(result.Offset.Value);
                    return true;
                }

                excerpt.Add(result.Offset.Value, result.Message.Key, result.Message.Value, result.Message.Timestamp.UtcDateTime);
            }

            return true;
        }
        finally
        {
            consumer.Unassign();
        }
    }
}
