using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Marathon.Telemetry;

/// <summary>
/// Sends a process's traces and metrics where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says; without it nothing is collected.
/// Compiled into each executable.
/// </summary>
internal sealed class TelemetryExport : IDisposable
{
    private readonly TracerProvider? traces;
    private readonly MeterProvider? metrics;

    private TelemetryExport(ResourceBuilder resource, string[] sources)
    {
        traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource([.. sources, "System.Net.Http", "Microsoft.AspNetCore"])
            .AddOtlpExporter()
            .Build();
        metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter([.. sources, "System.Runtime", "System.Net.Http", "Microsoft.AspNetCore.Hosting"])
            .AddOtlpExporter()
            .Build();
    }

    /// <summary>Null when no endpoint is named.</summary>
    /// <param name="service">OpenTelemetry's <c>service.name</c>.</param>
    /// <param name="instance">Its <c>service.instance.id</c>; null makes one up.</param>
    /// <param name="sources">Names of activity sources and meters of ours.</param>
    /// <param name="attributes">Further attributes of the resource.</param>
    public static TelemetryExport? FromEnvironment(
        string service, string? instance, string[] sources, params IEnumerable<KeyValuePair<string, object>> attributes) =>
        string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"))
            ? null
            : new TelemetryExport(
                ResourceBuilder.CreateDefault().AddService(service, serviceInstanceId: instance).AddAttributes(attributes).AddEnvironmentVariableDetector(), sources);

    public void Dispose()
    {
        traces?.Dispose();
        metrics?.Dispose();
    }
}
