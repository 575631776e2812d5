using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Marathon.Functions.Telemetry;

/// <summary>
/// Sends what was collected when the host is told to stop. Left to its end, the exporter only writes it to the disk of an
/// instance that nobody sees again.
/// </summary>
internal sealed class FlushAtStop(TracerProvider traces, MeterProvider metrics, LoggerProvider logs) : IHostedService
{
    private const int TimeoutMilliseconds = 5_000;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => traces.ForceFlush(TimeoutMilliseconds), cancellationToken),
        Task.Run(() => metrics.ForceFlush(TimeoutMilliseconds), cancellationToken),
        Task.Run(() => logs.ForceFlush(TimeoutMilliseconds), cancellationToken));
}
