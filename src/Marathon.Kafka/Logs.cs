using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Marathon.Kafka;

internal static partial class Logs
{
    [LoggerMessage(1, LogLevel.Warning, "Kafka client {Client}: {Code}: {Reason}")]
    public static partial void ClientError(this ILogger logger, string client, ErrorCode code, string reason);

    [LoggerMessage(2, LogLevel.Information, "Kafka client {Client}: {Facility}: {Message}")]
    public static partial void ClientLog(this ILogger logger, string client, string facility, string message);

    [LoggerMessage(3, LogLevel.Error, "Kafka client {Client} broke")]
    public static partial void ClientBroke(this ILogger logger, string client, Exception failure);

    [LoggerMessage(4, LogLevel.Warning, "Producer {Client} ended fatally: {Code}: {Reason}; going on with a new client and incarnation")]
    public static partial void ProducerFatal(this ILogger logger, string client, ErrorCode code, string reason);

    [LoggerMessage(5, LogLevel.Information, "Producer {Client} goes on as incarnation {Incarnation}: {Why}")]
    public static partial void IncarnationBegun(this ILogger logger, string client, long incarnation, string why);

    [LoggerMessage(6, LogLevel.Warning, "Producer {Client} gives up {Sends} sends that have no outcome after {Seconds:0.#} s")]
    public static partial void SendsGivenUp(this ILogger logger, string client, long sends, double seconds);

    [LoggerMessage(7, LogLevel.Information, "Consumer {Client} has partitions {Partitions}")]
    public static partial void PartitionsAssigned(this ILogger logger, string client, string partitions);

    [LoggerMessage(8, LogLevel.Information, "Consumer {Client}: {How} partitions {Partitions}")]
    public static partial void PartitionsReleased(this ILogger logger, string client, string how, string partitions);

    [LoggerMessage(9, LogLevel.Warning, "Consumer {Client}: a commit was refused: {Code}: {Reason}")]
    public static partial void CommitRefused(this ILogger logger, string client, ErrorCode code, string reason);

    [LoggerMessage(10, LogLevel.Warning, "Consumer {Client}: partition {Partition} has no offset {Offset}: {Reason}; going on at {Resume}")]
    public static partial void PositionGone(this ILogger logger, string client, int partition, long offset, string reason, long resume);

    [LoggerMessage(11, LogLevel.Warning, "Kafka client {Client} did not close in good order")]
    public static partial void CloseFailed(this ILogger logger, string client, Exception failure);

    [LoggerMessage(12, LogLevel.Warning, "Producer {Client}: a commit was not confirmed: {Code}: {Reason}")]
    public static partial void CommitFailed(this ILogger logger, string client, ErrorCode code, string reason);

    [LoggerMessage(13, LogLevel.Warning, "Kafka client {Client} is left open: after {Seconds} s a call of it has not ended")]
    public static partial void ClientLeft(this ILogger logger, string client, double seconds);
}
