using System.Collections.Concurrent;
using Marathon.Azure.Claims;
using Marathon.Controller.Fleets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marathon.Azure.Tests.Fakes;

/// <summary>All that a booting machine talks to, on loopback: metadata and identity, vault, registry, controller.</summary>
public sealed class FakeCloud : IAsyncDisposable
{
    public const string Machine = "mw-run-1-0_0000000a";
    public const string Token = "the-token-of-the-run";

    private readonly WebApplication app;

    private FakeCloud(WebApplication app) => this.app = app;

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");

    public LifeClaims Claims { get; } = new(new MemoryClaims(), TimeProvider.System);

    /// <summary>The next answers to claims, instead of lives.</summary>
    public ConcurrentQueue<int> ClaimStatuses { get; } = new();

    public ConcurrentQueue<int> VaultStatuses { get; } = new();

    public ConcurrentQueue<string> Seen { get; } = new();

    public static async Task<FakeCloud> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        FakeCloud cloud = new(builder.Build());
        cloud.Map();
        await cloud.app.StartAsync();
        return cloud;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Map()
    {
        app.Use(async (context, next) =>
        {
            Seen.Enqueue($"{context.Request.Method} {context.Request.Path}");
            if (context.Request.Path.StartsWithSegments("/metadata", StringComparison.Ordinal) && context.Request.Headers["Metadata"] != "true")
                context.Response.StatusCode = 400;
            else
                await next();
        });
        app.MapGet("/metadata/instance/compute/name", () => Results.Text(Machine));
        app.MapGet("/metadata/instance/network/interface/0/ipv4/ipAddress/0/privateIpAddress", () => Results.Text("10.20.16.7"));
        app.MapGet("/metadata/identity/oauth2/token", (string resource, string client_id) => Results.Json(new { access_token = $"{client_id} for {resource}" }));
        app.MapGet("/secrets/run-run-1", (HttpRequest request) =>
            VaultStatuses.TryDequeue(out int status) ? Results.StatusCode(status)
            : request.Headers.Authorization == "Bearer worker-id for https://vault.azure.net" ? Results.Json(new { value = Token })
            : Results.StatusCode(401));
        app.MapPost("/oauth2/exchange", async (HttpRequest request) =>
        {
            IFormCollection form = await request.ReadFormAsync();
            return form["access_token"] == "worker-id for https://management.azure.com/" && form["service"] == "marathon.azurecr.io"
                ? Results.Json(new { refresh_token = "for-the-registry" })
                : Results.StatusCode(401);
        });
        app.MapPost("/api/runs/run-1/claims", async (HttpRequest request) =>
        {
            if (request.Headers.Authorization != $"Bearer {Token}") return Results.StatusCode(401);
            if (ClaimStatuses.TryDequeue(out int status)) return Results.StatusCode(status);
            Dictionary<string, string>? body = await request.ReadFromJsonAsync<Dictionary<string, string>>();
            WorkerLife? life = await Claims.ClaimAsync("run-1", body!["machine"], default);
            return life is null ? Results.NoContent() : Results.Json(new { worker = life.Worker, epoch = life.Epoch });
        });
    }
}
