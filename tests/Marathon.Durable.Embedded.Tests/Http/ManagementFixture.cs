using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Marathon.Durable.Embedded.Tests.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marathon.Durable.Embedded.Tests.Http;

/// <summary>The management API on a real socket, over an engine on virtual time.</summary>
public sealed class ManagementFixture : IAsyncDisposable
{
    private WebApplication? _app;

    public EngineFixture Engine { get; } = new();

    public HttpClient Http { get; } = new();

    public async Task<ManagementFixture> StartAsync()
    {
        Engine.Registry.AddOrchestratorFunc<object?, object?>("Echo", (_, input) => Task.FromResult(input));
        Engine.Registry.AddOrchestratorFunc("Wait", context => context.WaitForExternalEvent<object?>("Go"));
        Engine.Registry.AddActivityFunc<string, string>("Do", (_, what) => what);
        bool broken = true;
        Engine.Registry.AddOrchestratorFunc("Fail", async context =>
        {
            await context.CallActivityAsync("Do", "before");
            return broken ? throw new InvalidOperationException("123") : "mended";
        });
        Engine.Registry.AddActivityFunc("Mend", _ => broken = false);
        Engine.Registry.AddOrchestratorFunc("Tour", async context =>
        {
            context.SetCustomStatus(new { step = 1 });
            await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
            await context.CallSubOrchestratorAsync<object?>("Echo", "child");
            context.SendEvent("nobody", "Hello", 1);
            return await context.WaitForExternalEvent<string>("Go");
        });
        await Engine.StartAsync();

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapDurableManagement(Engine.Client, Engine.Registry);
        await _app.StartAsync();
        string address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Http.BaseAddress = new Uri(address + DurableManagementEndpoints.BasePath + "/");
        return this;
    }

    public Task<HttpResponseMessage> PostAsync(string path, object? json = null) =>
        json is null ? Http.PostAsync(path, null) : Http.PostAsJsonAsync(path, json);

    /// <summary>Starts an instance and lets it come to rest.</summary>
    public async Task<HttpResponseMessage> RunAsync(string path, object? json = null)
    {
        HttpResponseMessage response = await PostAsync("orchestrators/" + path, json);
        await Engine.Time.IdleAsync();
        return response;
    }

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<JsonNode>())!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        await Engine.DisposeAsync();
    }
}
