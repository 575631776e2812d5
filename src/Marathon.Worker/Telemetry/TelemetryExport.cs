using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Marathon.Worker.Telemetry;

/// <summary>Sends traces and metrics where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says; without it nothing is collected.</summary>
public sealed class TelemetryExport : IDisposable
{
    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    private TelemetryExport(WorkerArguments arguments)
    {
        var resource = ResourceBuilder.CreateDefault()
            .AddService("marathon-worker", serviceInstanceId: $"{arguments.Worker}-{arguments.Epoch}")
            .AddAttributes([new("marathon.run.id", arguments.Run)]);
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(WorkerTelemetry.Name, "System.Net.Http", "Microsoft.AspNetCore")
            .AddOtlpExporter()
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(WorkerTelemetry.Name, "System.Runtime", "System.Net.Http", "Microsoft.AspNetCore.Hosting")
            .AddOtlpExporter()
            .Build();
    }

    /// <summary>Null when no endpoint is named.</summary>
    public static TelemetryExport? FromEnvironment(WorkerArguments arguments) =>
        string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT")) ? null : new TelemetryExport(arguments);

    /// <inheritdoc/>
    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
