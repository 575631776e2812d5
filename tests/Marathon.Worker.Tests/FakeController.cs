using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Marathon.Verification;
using Marathon.Workers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Marathon.Worker.Tests;

/// <summary>A controller that writes down what workers say to it, and can be away, deaf or unfriendly.</summary>
internal sealed class FakeController : IAsyncDisposable
{
    public const string Token = "s3cret-token-of-the-run";
    private WebApplication? _app;
    private int _port;

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public ConcurrentQueue<Registration> Registrations { get; } = new();

    public ConcurrentQueue<Heartbeat> Heartbeats { get; } = new();

    public ConcurrentQueue<(string Name, WorkerEvent Event)> Events { get; } = new();

    public ConcurrentQueue<WorkerEvidence> Evidence { get; } = new();

    public ConcurrentQueue<(string Path, string? TraceParent, string? Authorization)> Requests { get; } = new();

    /// <summary>OpenTelemetry signals that were exported to it.</summary>
    public ConcurrentQueue<string> Exports { get; } = new();

    /// <summary>Status to answer with instead of taking a request to a path that ends so.</summary>
    public ConcurrentDictionary<string, int> Refusals { get; } = new();

    public double LeaseSeconds { get; set; } = 60;

    public Heartbeat? Latest => Heartbeats.LastOrDefault();

    public static async Task<FakeController> StartAsync()
    {
        var controller = new FakeController();
        await controller.ComeBackAsync();
        return controller;
    }

    /// <summary>Serves, on the port that it had before.</summary>
    public async Task ComeBackAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, _port));
        _app = builder.Build();
        _app.Use(Gate);
        _app.MapPut("/api/runs/{run}/workers/{worker}/registration", async (HttpRequest request) => await Take(request, WorkerJson.Default.Registration, Registrations.Enqueue));
        _app.MapPut("/api/runs/{run}/workers/{worker}", async (HttpRequest request) => await Take(request, WorkerJson.Default.Heartbeat, Heartbeats.Enqueue));
        _app.MapPost("/api/runs/{run}/events/{name}", async (string name, HttpRequest request) => await Take(request, WorkerJson.Default.WorkerEvent, told => Events.Enqueue((name, told))));
        _app.MapPut("/api/runs/{run}/evidence/{worker}/{epoch}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            Evidence.Enqueue(EvidenceJson.Read(body.ToArray()));
            return Results.Ok();
        });
        _app.MapPost("/v1/{signal}", (string signal) => Exports.Enqueue(signal));
        await _app.StartAsync();
        _port = new Uri(_app.Urls.First()).Port;
    }

    /// <summary>Stops serving: connections are refused.</summary>
    public async Task GoAwayAsync()
    {
        await _app!.DisposeAsync();
        _app = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private async Task Gate(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value!;
        if (path.StartsWith("/api/", StringComparison.Ordinal))
            Requests.Enqueue((path, context.Request.Headers.TraceParent, context.Request.Headers.Authorization));
        var refusal = Refusals.FirstOrDefault(refusal => path.Contains(refusal.Key, StringComparison.Ordinal));
        if (refusal.Key is null)
            await next(context);
        else
            context.Response.StatusCode = refusal.Value;
    }

    private async Task<IResult> Take<T>(HttpRequest request, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, Action<T> keep)
    {
        keep((await JsonSerializer.DeserializeAsync(request.Body, type))!);
        return Results.Json(new HeartbeatAnswer(LeaseSeconds, DateTimeOffset.UtcNow), WorkerJson.Default.HeartbeatAnswer);
    }
}
