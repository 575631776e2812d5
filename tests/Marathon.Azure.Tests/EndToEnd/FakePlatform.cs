using System.Collections.Concurrent;
using Marathon.Azure.Secrets;
using Marathon.Azure.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marathon.Azure.Tests.EndToEnd;

/// <summary>What machines talk to on loopback: each its own metadata and identity, all of them the vault and the registry.</summary>
public sealed class FakePlatform : IRunSecrets, IAsyncDisposable
{
    private const string Vault = "https://vault.azure.net", Management = "https://management.azure.com/";
    private readonly WebApplication app;
    private readonly string clientId;
    private readonly SoftDeletion deletion = new();
    private readonly ConcurrentDictionary<string, string> addresses = new();
    private readonly ConcurrentDictionary<string, string> tokens = new();

    private FakePlatform(WebApplication app, string clientId) => (this.app, this.clientId) = (app, clientId);

    public ConcurrentDictionary<string, string> Secrets { get; } = new();

    /// <summary>Machines that were given a secret by their identity.</summary>
    public ConcurrentDictionary<string, bool> Read { get; } = new();

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");

    public static async Task<FakePlatform> StartAsync(string clientId)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        FakePlatform platform = new(builder.Build(), clientId);
        platform.Map();
        await platform.app.StartAsync();
        return platform;
    }

    /// <summary>The metadata service of a machine.</summary>
    public Uri MetadataOf(string machine)
    {
        addresses.GetOrAdd(machine, _ => $"127.77.0.{addresses.Count + 1}");
        return new Uri(Address, $"m/{machine}");
    }

    public Task<Uri> PutAsync(string name, string value, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        deletion.Check(name);
        Secrets[name] = value;
        return Task.FromResult(Reference(name));
    }

    public Task<string?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(Secrets.GetValueOrDefault(name));

    public Uri Reference(string name) => new(Address, $"secrets/{name}");

    public Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        if (Secrets.TryRemove(name, out _)) deletion.Delete(name);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<StoredSecret>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredSecret>>([.. Secrets.Keys.Select(name => new StoredSecret(name, DateTimeOffset.UnixEpoch))]);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Map()
    {
        RouteGroupBuilder metadata = app.MapGroup("/m/{machine}/metadata");
        metadata.AddEndpointFilter((context, next) =>
            context.HttpContext.Request.Headers["Metadata"] == "true" ? next(context) : ValueTask.FromResult<object?>(Results.StatusCode(400)));
        metadata.MapGet("/instance/compute/name", (string machine) => Results.Text(machine));
        metadata.MapGet("/instance/network/interface/0/ipv4/ipAddress/0/privateIpAddress", (string machine) => Results.Text(addresses[machine]));
        metadata.MapGet("/identity/oauth2/token", (string machine, string resource, string client_id) =>
            client_id == clientId ? Results.Json(new { access_token = Issue(machine, resource) }) : Results.StatusCode(400));
        app.MapGet("/secrets/{name}", (string name, HttpRequest request) =>
        {
            if (Bearer(request) is not { } machine) return Results.StatusCode(401);
            if (!Secrets.TryGetValue(name, out string? value)) return Results.StatusCode(404);
            Read[machine] = true;
            return Results.Json(new { value });
        });
        app.MapPost("/oauth2/exchange", async (HttpRequest request) =>
        {
            IFormCollection form = await request.ReadFormAsync();
            return tokens.TryGetValue(form["access_token"].ToString(), out string? of) && of.EndsWith(Management, StringComparison.Ordinal)
                ? Results.Json(new { refresh_token = "for-the-registry" })
                : Results.StatusCode(401);
        });
    }

    private string Issue(string machine, string resource)
    {
        string token = Guid.NewGuid().ToString("N");
        tokens[token] = $"{machine} {resource}";
        return token;
    }

    /// <summary>Whose token for the vault a request carries.</summary>
    private string? Bearer(HttpRequest request) =>
        request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token] &&
        tokens.TryGetValue(token, out string? of) && of.Split(' ') is [var machine, Vault]
            ? machine
            : null;
}
