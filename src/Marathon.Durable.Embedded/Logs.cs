using Microsoft.Extensions.Logging;

namespace Marathon.Durable.Embedded;

internal static partial class Logs
{
    [LoggerMessage(1, LogLevel.Warning,
        "Orchestrator {name} ({instanceId}) awaited a task that is not durable. It will not go on from there: only tasks of its context may be awaited.")]
    public static partial void ForeignContinuation(ILogger logger, string name, string instanceId);

    [LoggerMessage(2, LogLevel.Information, "Durable engine started on {database}: {instances} instances to go on with, {activities} activities to run again.")]
    public static partial void Started(ILogger logger, string database, int instances, int activities);

    [LoggerMessage(3, LogLevel.Information, "Durable engine stopped.")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(4, LogLevel.Warning, "Durable engine stopped with {activities} activities still running; they will run again after the next start.")]
    public static partial void ActivitiesAbandoned(ILogger logger, int activities);

    [LoggerMessage(5, LogLevel.Error, "The store failed; trying again in {delay}.")]
    public static partial void StoreFailed(ILogger logger, Exception exception, TimeSpan delay);

    [LoggerMessage(6, LogLevel.Warning, "Activity {name} of {instanceId} failed: {failure}")]
    public static partial void ActivityFailed(ILogger logger, string name, string instanceId, TaskFailureDetails failure);

    [LoggerMessage(7, LogLevel.Warning, "Orchestrator {name} ({instanceId}) failed: {failure}")]
    public static partial void OrchestrationFailed(ILogger logger, string name, string instanceId, TaskFailureDetails? failure);

    [LoggerMessage(8, LogLevel.Warning,
        "The history of {name} ({instanceId}) has {events} events, and each episode replays it. Let the orchestrator continue as new more often.")]
    public static partial void LongHistory(ILogger logger, string name, string instanceId, int events);

    [LoggerMessage(9, LogLevel.Critical, "Orchestrator {name} ({instanceId}) cannot go on in this engine. Nothing of it is lost; a restart tries again.")]
    public static partial void InstanceStuck(ILogger logger, Exception exception, string name, string instanceId);

    [LoggerMessage(11, LogLevel.Information, "Removed {instances} instances that ended before {endedBefore:O}.")]
    public static partial void Expired(ILogger logger, int instances, DateTime endedBefore);

    [LoggerMessage(12, LogLevel.Error, "The database refuses what orchestrator {name} ({instanceId}) did; the instance has failed.")]
    public static partial void InstanceRefused(ILogger logger, Exception exception, string name, string instanceId);

    [LoggerMessage(10, LogLevel.Critical, "The result of activity {name} of {instanceId} could not be stored; the activity runs again after a restart.")]
    public static partial void ActivityStuck(ILogger logger, Exception exception, string name, string instanceId);
}
