using System.Net;
using Marathon.Worker.Lifetime;
using Marathon.Worker.ScheduledEvents;
using Marathon.Workers;

namespace Marathon.Worker;

internal static partial class Logs
{
    [LoggerMessage(1, LogLevel.Information, "Started as process {Pid}, version {Version}: {Arguments}")]
    public static partial void Started(this ILogger logger, int pid, string version, WorkerArguments arguments);

    [LoggerMessage(2, LogLevel.Information, "Takes commands at {Address}")]
    public static partial void Listening(this ILogger logger, Uri address);

    [LoggerMessage(3, LogLevel.Information, "Registered with the controller")]
    public static partial void Registered(this ILogger logger);

    [LoggerMessage(4, LogLevel.Warning, "Cannot register yet: {Detail}; lease for another {LeaseSeconds:0.0} s")]
    public static partial void RegistrationDelayed(this ILogger logger, string detail, double leaseSeconds);

    [LoggerMessage(5, LogLevel.Warning, "The controller does not answer: {Detail}; going on, lease for another {LeaseSeconds:0.0} s")]
    public static partial void ControllerAway(this ILogger logger, string detail, double leaseSeconds);

    [LoggerMessage(6, LogLevel.Information, "The controller answers again")]
    public static partial void ControllerBack(this ILogger logger);

    [LoggerMessage(7, LogLevel.Information, "Phase {Phase}")]
    public static partial void PhaseEntered(this ILogger logger, WorkerPhase phase);

    [LoggerMessage(8, LogLevel.Information, "Ending ({End}): {Why}")]
    public static partial void Ending(this ILogger logger, WorkerEnd end, string why);

    [LoggerMessage(9, LogLevel.Information, "Ended with exit code {ExitCode}")]
    public static partial void Ended(this ILogger logger, int exitCode);

    [LoggerMessage(10, LogLevel.Information, "Command {Name} {CommandId}")]
    public static partial void CommandReceived(this ILogger logger, string name, string commandId);

    [LoggerMessage(11, LogLevel.Warning, "Command {Name} refused: {Reason}")]
    public static partial void CommandRefused(this ILogger logger, string name, string reason);

    [LoggerMessage(12, LogLevel.Error, "Command {Name} failed")]
    public static partial void CommandFailed(this ILogger logger, string name, Exception failure);

    [LoggerMessage(13, LogLevel.Information, "Told the controller of {Kind} ({EventId})")]
    public static partial void EventTold(this ILogger logger, WorkerEventKind kind, string eventId);

    [LoggerMessage(14, LogLevel.Warning, "Cannot tell the controller of {Kind} yet: {Detail}")]
    public static partial void EventDelayed(this ILogger logger, WorkerEventKind kind, string detail);

    [LoggerMessage(15, LogLevel.Error, "The controller refuses {Kind}: {Detail}")]
    public static partial void EventRefused(this ILogger logger, WorkerEventKind kind, string detail);

    [LoggerMessage(16, LogLevel.Warning, "Checkpoint {Number} is not delivered ({Detail}); the newest one is kept in {Path}")]
    public static partial void CheckpointKept(this ILogger logger, long number, string path, string detail);

    [LoggerMessage(17, LogLevel.Information, "Checkpoint {Number} is delivered, the outbox is empty")]
    public static partial void CheckpointDelivered(this ILogger logger, long number);

    [LoggerMessage(18, LogLevel.Error, "The load broke: {Error}")]
    public static partial void LoadBroke(this ILogger logger, string error);

    [LoggerMessage(19, LogLevel.Information, "Received {Signal}")]
    public static partial void SignalReceived(this ILogger logger, string signal);

    [LoggerMessage(20, LogLevel.Critical, "Crashed")]
    public static partial void Crashed(this ILogger logger, Exception? exception);

    [LoggerMessage(21, LogLevel.Error, "A task failed that nobody waited for")]
    public static partial void TaskFailedUnobserved(this ILogger logger, Exception exception);

    [LoggerMessage(23, LogLevel.Error, "The hand-over failed")]
    public static partial void HandOverFailed(this ILogger logger, Exception failure);

    [LoggerMessage(22, LogLevel.Warning, "Request without the run's token for {Path}")]
    public static partial void TokenRefused(this ILogger logger, string path);

    [LoggerMessage(24, LogLevel.Error, "Checkpoint {Number} is neither delivered nor kept in {Path}: {Detail}; it is in memory alone")]
    public static partial void CheckpointNotKept(this ILogger logger, long number, string path, string detail);

    [LoggerMessage(25, LogLevel.Warning, "The metadata service did not tell of scheduled events: {Reason}")]
    public static partial void ScheduledEventsFailed(this ILogger logger, string reason);

    [LoggerMessage(26, LogLevel.Warning, "This machine is about to {Kind} (event {EventId}), not before {NotBefore}")]
    public static partial void ScheduledEvent(this ILogger logger, MachineNoticeKind kind, string eventId, DateTimeOffset? notBefore);

    [LoggerMessage(27, LogLevel.Information, "Event {EventId} has begun already: acknowledging it was answered {Status}")]
    public static partial void ScheduledEventGone(this ILogger logger, string eventId, HttpStatusCode status);

    [LoggerMessage(28, LogLevel.Warning, "A scheduled event of the unknown kind '{Kind}' was left out")]
    public static partial void ScheduledEventUnknown(this ILogger logger, string? kind);

    [LoggerMessage(29, LogLevel.Information, "Event {EventId} is acknowledged: all is stored")]
    public static partial void ScheduledEventAcknowledged(this ILogger logger, string eventId);

    [LoggerMessage(30, LogLevel.Error, "Not gone yet, and the lease is over: leaving at once")]
    public static partial void LeaveForced(this ILogger logger);
}
