using Microsoft.Extensions.Logging;

namespace Marathon.Controller;

internal static partial class Logs
{
    [LoggerMessage(1, LogLevel.Error, "The record of run {RunId} cannot be read; it is left out of the list")]
    public static partial void RunUnreadable(this ILogger logger, string runId, Exception error);

    [LoggerMessage(2, LogLevel.Information, "Run {RunId} was accepted: {Scenario} on {Cluster}")]
    public static partial void RunAccepted(this ILogger logger, string runId, string scenario, string cluster);

    [LoggerMessage(3, LogLevel.Information, "Run {RunId} ended: {Verdict} ({Outcome}): {Reason}")]
    public static partial void RunEnded(this ILogger logger, string runId, string verdict, string outcome, string reason);

    [LoggerMessage(4, LogLevel.Error, "The evidence of run {RunId} could not be joined")]
    public static partial void VerificationFailed(this ILogger logger, string runId, Exception error);

    [LoggerMessage(5, LogLevel.Warning, "{Path} is no evidence and stays where it is")]
    public static partial void EvidenceUnreadable(this ILogger logger, string path, Exception error);

    [LoggerMessage(6, LogLevel.Information, "Evidence of run {RunId}: {Acked} acknowledged, {Received} received, {Unseen} unseen, {Rereads} ranges to read again")]
    public static partial void EvidenceJoined(this ILogger logger, string runId, long acked, long received, long unseen, int rereads);

    [LoggerMessage(15, LogLevel.Information, "The log of topic {Topic} of run {RunId} could not be quoted: {Error}")]
    public static partial void NothingQuoted(this ILogger logger, string runId, string topic, string error);

    [LoggerMessage(7, LogLevel.Information, "Worker {Worker} of run {RunId} registered: life {Epoch}, process {Pid} at {Node}")]
    public static partial void WorkerRegistered(this ILogger logger, string runId, string worker, int epoch, int pid, string node);

    [LoggerMessage(8, LogLevel.Warning, "Refused {Method} {Path}: {Title}")]
    public static partial void RequestRefused(this ILogger logger, string method, string path, string title);

    [LoggerMessage(9, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void RequestFailed(this ILogger logger, string method, string path, Exception error);

    [LoggerMessage(10, LogLevel.Information, "Run {RunId} goes on")]
    public static partial void RunResumed(this ILogger logger, string runId);

    [LoggerMessage(11, LogLevel.Warning, "Alert {Severity} for run {RunId}: {Title}: {Detail}")]
    public static partial void AlertRaised(this ILogger logger, string severity, string runId, string title, string detail);

    [LoggerMessage(12, LogLevel.Information, "Worker {Worker}, life {Epoch} (process {Pid}), ended: {End}: {Detail}")]
    public static partial void WorkerEnded(this ILogger logger, string worker, int epoch, int? pid, string end, string? detail);

    [LoggerMessage(13, LogLevel.Information, "Worker {Worker}, life {Epoch}, did not acknowledge {Command}: {Error}")]
    public static partial void CommandUnanswered(this ILogger logger, string worker, int epoch, string command, string error);

    [LoggerMessage(14, LogLevel.Error, "Run {RunId} has ended without a report, and none can be written")]
    public static partial void RunUnreported(this ILogger logger, string runId, Exception error);

    [LoggerMessage(40, LogLevel.Error, "The verdict on run {RunId} is missing from the loop's history: {Error}")]
    public static partial void VerdictLost(this ILogger logger, string runId, string error);
}
