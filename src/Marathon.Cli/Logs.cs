namespace Marathon.Cli;

internal static partial class Logs
{
    [LoggerMessage(1, LogLevel.Error, "Interrupting run {RunId}: {Reason}")]
    public static partial void DiskFull(this ILogger logger, string runId, string reason);

    [LoggerMessage(2, LogLevel.Error, "The disk of {Data} is still full")]
    public static partial void DiskStillFull(this ILogger logger, string data, Exception failure);
}
