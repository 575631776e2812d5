using Marathon.Azure.Faults;
using Marathon.Controller.Fleets;
using Microsoft.Extensions.Logging;

namespace Marathon.Azure;

internal static partial class Logs
{
    [LoggerMessage(1, LogLevel.Information, "Fleet of {RunId}: {State}, {Detail}")]
    public static partial void FleetStep(this ILogger logger, string runId, FleetOperationState state, string? detail);

    [LoggerMessage(2, LogLevel.Warning, "Fleet of {RunId}: Resource Manager answered {Status} {Code}: {Message}")]
    public static partial void ArmRefused(this ILogger logger, string runId, int status, string code, string message);

    [LoggerMessage(7, LogLevel.Information, "Fault {FaultId} on {Machine}: {Kind}, {Phase} {State}, {Detail}")]
    public static partial void VmFault(
        this ILogger logger, string faultId, string machine, VmFaultKind kind, VmFaultPhase phase, VmFaultState state, string? detail);

    [LoggerMessage(9, LogLevel.Warning, "What a {Size} costs in {Region} is not known")]
    public static partial void PriceUnknown(this ILogger logger, string size, string region, Exception error);

    [LoggerMessage(8, LogLevel.Error, "The record of run {RunId} cannot be read; it is left out of the list")]
    public static partial void RunUnreadable(this ILogger logger, string runId, Exception error);
}
