using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marathon.Worker.Tests.ScheduledEvents;

/// <summary>The metadata service of a machine, on loopback: its name, its scheduled events, what it acknowledged.</summary>
public sealed class FakeMetadata : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly List<JsonObject> events = [];
    private int incarnation;

    private FakeMetadata(WebApplication app) => this.app = app;

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");

    public List<string> Acknowledged { get; } = [];

    /// <summary>Answers so many requests with this status first.</summary>
    public Queue<int> Failures { get; } = new();

    /// <summary>Called before an event counts as acknowledged.</summary>
    public Action OnAcknowledge { get; set; } = () => { };

    public int Looks { get; private set; }

    public string? Instead { get; set; }

    public static async Task<FakeMetadata> StartAsync(string machine)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        FakeMetadata metadata = new(builder.Build());
        metadata.app.MapGet("/metadata/instance/compute/name", (HttpRequest request) => metadata.Answer(request, () => Results.Text(machine)));
        metadata.app.MapGet("/metadata/scheduledevents", (HttpRequest request) => metadata.Answer(request, metadata.Events));
        metadata.app.MapPost("/metadata/scheduledevents", async (HttpRequest request) =>
        {
            JsonNode? body = await JsonNode.ParseAsync(request.Body);
            return metadata.Answer(request, () => metadata.Acknowledge(body!));
        });
        await metadata.app.StartAsync();
        return metadata;
    }

    public void Schedule(string id, string kind, DateTimeOffset? notBefore, params string[] machines)
    {
        lock (gate)
        {
            incarnation++;
            events.Add(new JsonObject
            {
                ["EventId"] = id,
                ["EventType"] = kind,
                ["ResourceType"] = "VirtualMachine",
                ["Resources"] = new JsonArray([.. machines.Select(machine => JsonValue.Create(machine))]),
                ["EventStatus"] = notBefore is null ? "Started" : "Scheduled",
                ["NotBefore"] = notBefore?.ToString("R", System.Globalization.CultureInfo.InvariantCulture) ?? "",
                ["Description"] = "a test",
                ["EventSource"] = "Platform",
                ["DurationInSeconds"] = -1,
            });
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult Answer(HttpRequest request, Func<IResult> answer)
    {
        lock (gate)
        {
            if (request.Headers["Metadata"] != "true" || !request.Query.ContainsKey("api-version")) return Results.StatusCode(400);
            return Failures.TryDequeue(out int status) ? Results.StatusCode(status) : answer();
        }
    }

    private IResult Events()
    {
        Looks++;
        return Results.Text(Instead ?? new JsonObject { ["DocumentIncarnation"] = incarnation, ["Events"] = new JsonArray([.. events.Select(one => one.DeepClone())]) }.ToJsonString(), "application/json");
    }

    private IResult Acknowledge(JsonNode body)
    {
        foreach (JsonNode? start in body["StartRequests"]!.AsArray())
        {
            string id = (string)start!["EventId"]!;
            if (events.RemoveAll(one => (string?)one["EventId"] == id) == 0) return Results.StatusCode(404);
            OnAcknowledge();
            Acknowledged.Add(id);
        }
        return Results.Ok();
    }
}
