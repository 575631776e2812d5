namespace Marathon.Cli;

internal static partial class Logs
{
    [LoggerMessage(1, LogLevel.Error, "Interrupting run {RunId}: {Reason}")]
    public static partial void DiskFull(this ILogger logger, string runId, string reason);

    [LoggerMessage(2, LogLevel.Error, "The disk of {Data} is still full")]
    public static partial void DiskStillFull(this ILogger logger, string data, Exception failure);

    [LoggerMessage(3, LogLevel.Information, "Removed {Name} of run {Run}: {Reason}")]
    public static partial void LeftoverRemoved(this ILogger logger, string name, string run, string reason);

    [LoggerMessage(4, LogLevel.Warning, "Could not remove {Name} of run {Run} yet: {Problem}")]
    public static partial void LeftoverStays(this ILogger logger, string name, string run, string problem);

    [LoggerMessage(5, LogLevel.Warning, "A turn of the janitor failed; the next one comes: {Problem}")]
    public static partial void JanitorFailed(this ILogger logger, string problem);

    [LoggerMessage(6, LogLevel.Information, "Topics of ended runs may be left on {Servers}, which cannot be asked: {Problem}")]
    public static partial void ClusterSilent(this ILogger logger, string servers, string problem);

    [LoggerMessage(7, LogLevel.Warning, "Nobody could be told of the end of worker {Worker} of run {RunId}; it is noticed at the next look")]
    public static partial void ExitUntold(this ILogger logger, string runId, string worker, Exception failure);
}
