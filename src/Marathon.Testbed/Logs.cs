using Marathon.Testbed.Cluster;
using Microsoft.Extensions.Logging;

namespace Marathon.Testbed;

internal static partial class Logs
{
    [LoggerMessage(1, LogLevel.Information, "{Kind} {Topic}-{Partition}: leader {Before} -> {After}, epoch {Epoch}")]
    public static partial void LeaderChanged(
        this ILogger logger, TimelineEvent kind, string topic, int partition, int before, int after, int epoch);

    [LoggerMessage(2, LogLevel.Information, "Broker {Broker} fenced: {Why}")]
    public static partial void BrokerFenced(this ILogger logger, int broker, string why);

    [LoggerMessage(3, LogLevel.Critical, "A loop of broker {Broker} failed")]
    public static partial void LoopFailed(this ILogger logger, Exception broken, int broker);

    [LoggerMessage(4, LogLevel.Debug, "Broker {Broker} closes {Client}: {Why}")]
    public static partial void ConnectionClosed(this ILogger logger, int broker, string client, string why);

    [LoggerMessage(5, LogLevel.Error, "Broker {Broker} failed to answer {Api} v{Version}")]
    public static partial void RequestFailed(this ILogger logger, Exception broken, int broker, Protocol.ApiKey api, int version);

    [LoggerMessage(6, LogLevel.Information, "Broker {Broker} loaded coordinator partition {Topic}-{Partition}: {Count} entries")]
    public static partial void CoordinatorLoaded(this ILogger logger, int broker, string topic, int partition, int count);

    [LoggerMessage(7, LogLevel.Warning, "Stopping: nobody touched the lease {Path}; of its {Timeout} there are {Left} left, to be gone by its end")]
    public static partial void LeaseExpired(this ILogger logger, string path, TimeSpan timeout, TimeSpan left);

    [LoggerMessage(8, LogLevel.Error, "Not stopped {Left} after the notice, and the lease is over: leaving at once")]
    public static partial void LeaveForced(this ILogger logger, TimeSpan left);
}
