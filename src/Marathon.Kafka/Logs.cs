using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Marathon.Kafka;

internal static partial class Logs
{
    [LoggerMessage(1, LogLevel.Warning, "Kafka client {Client}: {Code}: {Reason}")]
    public static partial void ClientError(this ILogger logger, string client, ErrorCode code, string reason);

    [LoggerMessage(2, LogLevel.Information, "Kafka client {Client}: {Facility}: {Message}")]
    public static partial void ClientLog(this ILogger logger, string client, string facility, string message);
}
