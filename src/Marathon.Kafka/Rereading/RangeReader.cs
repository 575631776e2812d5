using Confluent.Kafka;
using Marathon.Kafka.Admin;
using Marathon.Kafka.Clients;
using Marathon.Kafka.Consuming;
using Marathon.Kafka.Threading;
using Marathon.Verification;
using Microsoft.Extensions.Logging;

namespace Marathon.Kafka.Rereading;

/// <summary>Reads offsets again with a fresh consumer, from the current leader, before anybody says that a record is lost.</summary>
/// <param name="bootstrapServers"><c>host:port,…</c></param>
/// <param name="clientProperties">Further properties of clients, by their Kafka names.</param>
/// <param name="clock">Time.</param>
/// <param name="logger">Where the client library's log goes.</param>
/// <param name="compacted">The topic is compacted.</param>
public sealed class RangeReader(
    string bootstrapServers, IReadOnlyDictionary<string, string> clientProperties, TimeProvider clock, ILogger logger, bool compacted = false)
{
    private static readonly TimeSpan s_offsetsWithin = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_longestPoll = TimeSpan.FromMilliseconds(50);

    /// <summary>Reads a range, or the part of it that the time allows.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="topicId">The topic's id in record headers.</param>
    /// <param name="range">What to read.</param>
    /// <param name="isolation">As those who read it first.</param>
    /// <param name="reader">Name of the consumer in the evidence.</param>
    /// <param name="within">How long at most, beside the time to connect.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ClusterUnreachableException">No broker answers.</exception>
    /// <exception cref="KafkaAdminException">The partition cannot be read now.</exception>
    public Task<RangeReading> ReadAsync(
        string runId, int topicId, RereadRequest range, Isolation isolation, string reader, TimeSpan within, CancellationToken cancellationToken) =>
        Task.Run(() => Read(runId, topicId, range, isolation, reader, within, cancellationToken), cancellationToken);

    private RangeReading Read(
        string runId, int topicId, RereadRequest range, Isolation isolation, string reader, TimeSpan within, CancellationToken cancellationToken)
    {
        var time = new LoadClock(clock);
        var checker = new ConsumerChecker(reader, runId, isolation, rereader: true, compacted: compacted);
        var hadError = false;
        var builder = new ConsumerBuilder<int, int>(ClientProperties.Rereader(bootstrapServers, clientProperties, reader, isolation, "timestamp,headers"))
            .SetLogHandler((_, message) => logger.ClientLog(reader, message.Facility, message.Message))
            .SetErrorHandler((_, error) => Meet(error));
        var source = new RecordSource(builder, checker, time);
        using var consumer = PropertyRefusal.Make("client", clientProperties, clientProperties, builder.Build);
        var partition = new TopicPartition(range.Topic, range.Partition);
        var before = Watermarks(consumer, partition);
        var start = Math.Max(range.From, before.Low.Value);
        var handle = checker.Assigned(range.Topic, topicId, range.Partition, start, time.ToWall(time.Refresh()));
        var isDone = start >= range.To;
        if (!isDone)
        {
            consumer.Assign(new TopicPartitionOffset(partition, start));
            isDone = ReadOn(consumer, source, checker, handle, range, within, time, Meet, cancellationToken);
        }

        long? goOnAt = isDone ? null : checker.NextOffset(handle);
        checker.Revoked(handle, time.ToWall(time.Refresh()));
        var withheld = goOnAt == start && !hadError ? StillThere(consumer, partition, start, before.High.Value, within) : null;
        return new RangeReading(checker.Snapshot(), goOnAt, withheld);

        void Meet(Error error)
        {
            hadError = true;
            logger.ClientError(reader, error.Code, error.Reason);
        }
    }

    /// <summary>Nothing came from there on, although the log went further. Whoever leads it now must say so still.</summary>
    private WithheldOffsets? StillThere(IConsumer<int, int> consumer, TopicPartition partition, long start, long end, TimeSpan within)
    {
        try
        {
            end = Math.Min(end, Watermarks(consumer, partition).High.Value);
            return end > start ? new WithheldOffsets(partition.Partition.Value, start, end, 1, within.TotalSeconds) : null;
        }
        catch (Exception unanswered) when (unanswered is ClusterUnreachableException or KafkaAdminException)
        {
            return null;
        }
    }

    /// <summary>Returns whether the range, or the log, was read to its end.</summary>
    private static bool ReadOn(
        IConsumer<int, int> consumer,
        RecordSource source,
        ConsumerChecker checker,
        int handle,
        RereadRequest range,
        TimeSpan within,
        LoadClock time,
        Action<Error> meet,
        CancellationToken cancellationToken)
    {
        var deadline = time.Now + (long)within.TotalNanoseconds;
        while (time.Now < deadline)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (consumer.Consume(s_longestPoll) is not { } result)
                    continue;
                if (result.IsPartitionEOF || result.Offset.Value >= range.To)
                {
                    checker.Passed(handle, Math.Min(result.Offset.Value, range.To));
                    return true;
                }

                source.Check(handle, result);
                if (checker.NextOffset(handle) >= range.To)
                    return true;
            }
            catch (ConsumeException error) when (error.Error.Code == ErrorCode.Local_AutoOffsetReset)
            {
                // Retention, or a truncation, overtook us: what is there now is for the next reading.
                throw new KafkaAdminException($"read {range.Topic}-{range.Partition} again", error.Error.Code, error.Error.Reason, error);
            }
            catch (ConsumeException error) when (!error.Error.IsFatal)
            {
                meet(error.Error);
            }
        }

        return false;
    }

    private WatermarkOffsets Watermarks(IConsumer<int, int> consumer, TopicPartition partition)
    {
        try
        {
            return consumer.QueryWatermarkOffsets(partition, s_offsetsWithin);
        }
        catch (KafkaException error) when (error.Error.IsLocalError)
        {
            throw new ClusterUnreachableException(bootstrapServers, s_offsetsWithin, error.Error.Reason, error);
        }
        catch (KafkaException error)
        {
            throw new KafkaAdminException($"list offsets of {partition}", error.Error.Code, error.Error.Reason, error);
        }
    }
}
