using Confluent.Kafka;
using Marathon.Kafka.Clients;
using Marathon.Verification;
using Microsoft.Extensions.Logging;

namespace Marathon.Kafka.Rereading;

/// <summary>Consumers that read places of a log as it is, records of aborted transactions included.</summary>
internal static class LogReader
{
    /// <summary>A consumer without assignment, whose trouble is logged.</summary>
    /// <param name="bootstrapServers"><c>host:port,…</c></param>
    /// <param name="clientProperties">Further properties of clients, by their Kafka names.</param>
    /// <param name="name">Its name.</param>
    /// <param name="logger">Where the client library's log goes.</param>
    /// <exception cref="Configuration.SpecException">The library refuses a property.</exception>
    public static IConsumer<T, T> Open<T>(string bootstrapServers, IReadOnlyDictionary<string, string> clientProperties, string name, ILogger logger) =>
        PropertyRefusal.Make("client", clientProperties, clientProperties, new ConsumerBuilder<T, T>(
            ClientProperties.Rereader(bootstrapServers, clientProperties, name, Isolation.ReadUncommitted, "timestamp"))
            .SetLogHandler((_, message) => logger.ClientLog(name, message.Facility, message.Message))
            .SetErrorHandler((_, error) => logger.ClientError(name, error.Code, error.Reason))
            .Build);
}
