using System.Net;
using Marathon.Azure.Faults;
using Marathon.Azure.ScheduledEvents;
using Marathon.Controller.Fleets;
using Microsoft.Extensions.Logging;

namespace Marathon.Azure;

internal static partial class Logs
{
    [LoggerMessage(1, LogLevel.Information, "Fleet of {RunId}: {State}, {Detail}")]
    public static partial void FleetStep(this ILogger logger, string runId, FleetOperationState state, string? detail);

    [LoggerMessage(2, LogLevel.Warning, "Fleet of {RunId}: Resource Manager answered {Status} {Code}: {Message}")]
    public static partial void ArmRefused(this ILogger logger, string runId, int status, string code, string message);

    [LoggerMessage(3, LogLevel.Warning, "The metadata service did not tell of scheduled events: {Reason}")]
    public static partial void ScheduledEventsFailed(this ILogger logger, string reason);

    [LoggerMessage(4, LogLevel.Warning, "This machine is about to {Kind} (event {EventId}), not before {NotBefore}")]
    public static partial void ScheduledEvent(this ILogger logger, MachineNoticeKind kind, string eventId, DateTimeOffset? notBefore);

    [LoggerMessage(5, LogLevel.Information, "Event {EventId} has begun already: acknowledging it was answered {Status}")]
    public static partial void ScheduledEventGone(this ILogger logger, string eventId, HttpStatusCode status);

    [LoggerMessage(6, LogLevel.Warning, "A scheduled event of the unknown kind '{Kind}' was left out")]
    public static partial void ScheduledEventUnknown(this ILogger logger, string? kind);

    [LoggerMessage(7, LogLevel.Information, "Fault {FaultId} on {Machine}: {Kind}, {Phase} {State}, {Detail}")]
    public static partial void VmFault(
        this ILogger logger, string faultId, string machine, VmFaultKind kind, VmFaultPhase phase, VmFaultState state, string? detail);

    [LoggerMessage(8, LogLevel.Error, "The record of run {RunId} cannot be read; it is left out of the list")]
    public static partial void RunUnreadable(this ILogger logger, string runId, Exception error);
}
