using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using Marathon.Azure;
using Marathon.Controller;
using Marathon.Functions.Settings;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Resources;

namespace Marathon.Functions.Telemetry;

/// <summary>Sends the app's traces, metrics and logs to Application Insights; without a connection string nothing is collected.</summary>
internal static class AzureMonitor
{
    private const string Service = "marathon-controller";

    public static IServiceCollection AddAzureMonitor(this IServiceCollection services, TelemetrySettings settings)
    {
        if (settings.ConnectionString is not { } connectionString)
        {
            return services;
        }

        services.Configure<AzureMonitorExporterOptions>(exporter =>
        {
            exporter.ConnectionString = connectionString;

            // What a controller traces is little, and each of it is wanted: the standard is to draw some in each second.
            exporter.TracesPerSecond = null;
        });
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Service))
            .WithTracing(traces => traces
                .AddSource(ControllerTelemetry.Name, AzureTelemetry.Name).AddAzureMonitorTraceExporter())
            .WithMetrics(metrics => metrics
                .AddMeter(ControllerTelemetry.Name, AzureTelemetry.Name, "System.Runtime", "System.Net.Http").AddAzureMonitorMetricExporter())
            .WithLogging(logs => logs.AddAzureMonitorLogExporter());
        services.AddSingleton<FlushAtStop>().AddHostedService(s => s.GetRequiredService<FlushAtStop>());
        if (settings.WithIdentity)
        {
            services.AddOptions<AzureMonitorExporterOptions>().Configure<TokenCredential>((exporter, identity) => exporter.Credential = identity);
        }

        return services;
    }
}
