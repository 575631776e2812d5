using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Marathon.Azure;

/// <summary>Metrics and traces of this library; a host adds both by <see cref="Name"/>.</summary>
public static class AzureTelemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "Marathon.Azure";

    private static readonly Meter s_meter = new(Name);

    /// <summary>Machines that were asked for, by <c>azure.vm.size</c> and <c>azure.vm.priority</c>.</summary>
    internal static Counter<long> MachinesRequested { get; } =
        s_meter.CreateCounter<long>("marathon.fleet.machines.requested", "{machine}", "Machines that were asked of the platform");

    /// <summary>Calls that Resource Manager refused, by <c>http.response.status_code</c> and <c>error.type</c>.</summary>
    internal static Counter<long> CallsRefused { get; } =
        s_meter.CreateCounter<long>("marathon.azure.calls.refused", "{call}", "Calls that Resource Manager refused");

    internal static ActivitySource Source { get; } = new(Name);
}
