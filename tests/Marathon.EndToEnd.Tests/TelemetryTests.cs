using System.Collections.Concurrent;
using System.Text;
using Marathon.Cli.Api;
using Marathon.Cli.Terminal;
using Marathon.EndToEnd.Tests.Fixture;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Marathon.EndToEnd.Tests;

public sealed class TelemetryTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    [Fact]
    public async Task EndpointIsNamed_EveryProcessExportsItsMeters()
    {
        ConcurrentQueue<string> exports = [];
        await using WebApplication collector = LoopbackServer.CreateBuilder(0).Build();
        collector.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using MemoryStream body = new();
            await request.Body.CopyToAsync(body);
            exports.Enqueue(signal + " " + Encoding.Latin1.GetString(body.ToArray()));
        });
        await collector.StartAsync();

        using RunningCommand run = sandbox.StartWith(
            new Dictionary<string, string?>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.First(),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
            },
            "run", "tail-read", "--duration", "2s", "--set", "warmup=0s", "--set", "ratePerSecond=200", "--workers", "1", "--data", sandbox.Data);
        (await run.EndAsync()).Exits(ExitCode.Pass);

        Assert.Contains(exports, e => Has(e, "metrics", "marathon-controller", "marathon.runs.started"));
        Assert.Contains(exports, e => Has(e, "metrics", "marathon-controller", "marathon.durable.episodes"));
        Assert.Contains(exports, e => Has(e, "traces", "marathon-controller", "activity:"));
        Assert.Contains(exports, e => Has(e, "metrics", "marathon-worker", "messaging.client.sent.messages"));
        Assert.Contains(exports, e => Has(e, "traces", "marathon-worker"));
        await sandbox.AssertNothingIsLeftAsync();
    }

    public void Dispose() => sandbox.Dispose();

    private static bool Has(string export, params string[] words) => words.All(w => export.Contains(w, StringComparison.Ordinal));
}
