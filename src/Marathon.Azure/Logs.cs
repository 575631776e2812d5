using Marathon.Controller.Fleets;
using Microsoft.Extensions.Logging;

namespace Marathon.Azure;

internal static partial class Logs
{
    [LoggerMessage(1, LogLevel.Information, "Fleet of {RunId}: {State}, {Detail}")]
    public static partial void FleetStep(this ILogger logger, string runId, FleetOperationState state, string? detail);

    [LoggerMessage(2, LogLevel.Warning, "Fleet of {RunId}: Resource Manager answered {Status} {Code}: {Message}")]
    public static partial void ArmRefused(this ILogger logger, string runId, int status, string code, string message);
}
