using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Marathon.Controller.Bus;
using Marathon.Controller.Clusters;
using Marathon.Controller.Fleets;
using Marathon.Controller.Http;
using Marathon.Controller.Runs;
using Marathon.Controller.Tests.World;
using Marathon.Controller.Topics;
using Marathon.Durable;
using Marathon.Durable.Embedded;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marathon.Controller.Tests.Http;

/// <summary>The API on a real Kestrel, with an engine, a simulated cluster, and a fleet that never registers by itself.</summary>
public sealed class ApiServer : IAsyncDisposable
{
    public const string Key = "operator-key";

    private readonly WebApplication app;
    private readonly EmbeddedDurableHost host;

    private ApiServer(WebApplication app, EmbeddedDurableHost host, Uri address)
    {
        this.app = app;
        this.host = host;
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };
    }

    public HttpClient Http { get; }

    public IRunStore Runs => app.Services.GetRequiredService<IRunStore>();

    public DurableClient Durable => host.Client;

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public static async Task<ApiServer> StartAsync(IReadOnlyList<string>? allowedHosts = null, RequestBudget? budget = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        string folder = Directory.CreateTempSubdirectory("marathon-api-").FullName;
        SimulatedCluster cluster = new(TimeProvider.System);
        SimulatedFleet fleet = new(TimeProvider.System);
        EmbeddedDurableHost? host = null;
        builder.Services
            .AddSingleton(budget ?? new RequestBudget(TimeProvider.System))
            .AddSingleton<IWorkerBus>(fleet)
            .AddSingleton<IFleetProvider>(fleet)
            .AddSingleton<IClusterProvider>(cluster)
            .AddSingleton<IClusterAdmin>(cluster)
            .AddSingleton(_ => host!.Client)
            .AddMarathonController(new ControllerOptions { DataFolder = folder, OperatorKey = Key, AllowedHosts = allowedHosts ?? [] });
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapMarathonApi();
        host = new EmbeddedDurableHost(new EmbeddedDurableOptions { Registry = new DurableTaskRegistry().AddMarathon(), Services = app.Services });
        await host.StartAsync();
        await app.StartAsync();
        Uri address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        app.Services.GetRequiredService<ControllerEndpoint>().Address = address;
        return new ApiServer(app, host, address);
    }

    /// <summary>A run that is in the store and has workers w0 (life 1) and w1 (lives 1, replaced, and 2), without an orchestration.</summary>
    public async Task<string> AddRunAsync(string id = "run-1", string token = "token-1", TimeSpan age = default)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        RunRecord run = new()
        {
            RunId = id,
            Spec = ControllerWorld.Spec(),
            CreatedAt = now - age,
            Attempts = [new(1, now, null, "running", null)],
            Workers =
            [
                new LifeRecord { Worker = "w0", Index = 0, Epoch = 1, Attempt = 1, StartedAt = now },
                new LifeRecord { Worker = "w1", Index = 1, Epoch = 1, Attempt = 1, StartedAt = now, EndedAt = now, End = WorkerEnd.Lost, ReplacedBy = 2 },
                new LifeRecord { Worker = "w1", Index = 1, Epoch = 2, Attempt = 1, StartedAt = now, Replaces = 1 },
            ],
        };
        await Runs.CreateAsync(run, token, default);
        return id;
    }

    public async Task<(HttpStatusCode Status, string Body)> SendAsync(
        HttpMethod method, string path, string? body = null, string? key = Key, string? token = null, string? host = null)
    {
        using HttpRequestMessage request = new(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        else if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        request.Headers.Host = host;
        using HttpResponseMessage response = await Http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        if ((int)response.StatusCode >= 400)
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }

        return (response.StatusCode, text);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await host.DisposeAsync();
        Directory.Delete(app.Services.GetRequiredService<ControllerOptions>().DataFolder, recursive: true);
        await app.DisposeAsync();
    }
}
