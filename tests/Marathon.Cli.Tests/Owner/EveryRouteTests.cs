using System.Net;
using System.Net.Http.Headers;
using Marathon.Cli.Owner;
using Marathon.Controller.Http;
using Marathon.Controller.Runs;
using Marathon.Runs;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marathon.Cli.Tests.Owner;

/// <summary>Whatever the host serves, as it says itself: a route that is added is held to this too.</summary>
public sealed class EveryRouteTests : IDisposable
{
    private const string Run = "run-1", Token = "token-of-run-1", AnothersToken = "token-of-run-2";
    private readonly TestFolder folder = new();
    private IServiceProvider? services;

    [Fact]
    public async Task No_route_answers_without_its_key_or_token()
    {
        await using OwnerHost owner = await StartAsync();
        using HttpClient http = Client(owner);
        (string Method, string Path, bool ForWorkers)[] routes = [.. Routes()];
        Assert.True(routes.Length >= MarathonApi.Routes.Count + 2, $"{routes.Length} routes");
        Assert.Contains(routes, route => route.ForWorkers);

        foreach ((string method, string path, bool forWorkers) in routes)
        {
            await RefusesAsync("nothing", null);
            await RefusesAsync("a wrong bearer", request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "wrong"));
            await RefusesAsync("a wrong key", request => request.Headers.Add(Secret.OperatorKeyHeader, "wrong"));
            await RefusesAsync("another run's token", request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AnothersToken));
            if (forWorkers)
                await RefusesAsync("the operators' key", request => request.Headers.Add(Secret.OperatorKeyHeader, owner.File.OperatorKey));
            else
                await RefusesAsync("a run's token", request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token));

            async Task RefusesAsync(string with, Action<HttpRequestMessage>? change)
            {
                using HttpRequestMessage request = new(new HttpMethod(method), path);
                change?.Invoke(request);
                using HttpResponseMessage answer = await http.SendAsync(request);
                Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path} with {with}: {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task Every_route_of_workers_opens_with_the_runs_token()
    {
        await using OwnerHost owner = await StartAsync();
        using HttpClient http = Client(owner);
        foreach ((string method, string path, _) in Routes().Where(route => route.ForWorkers))
        {
            using HttpRequestMessage request = new(new HttpMethod(method), path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
            using HttpResponseMessage answer = await http.SendAsync(request);
            Assert.True(answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed), $"{method} {path}: {answer.StatusCode}");
        }
    }

    public void Dispose() => folder.Dispose();

    private IEnumerable<(string Method, string Path, bool ForWorkers)> Routes() =>
        from endpoint in services!.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
        let pattern = endpoint.RoutePattern.RawText!.Trim('/')
        select (method, "/" + string.Join('/', pattern.Split('/').Select(Filled)), MarathonApi.Routes.Any(route => route.Pattern == pattern && route.Method == method && route.Access == ApiAccess.Worker));

    private static string Filled(string part) => part switch
    {
        "{runId}" => Run,
        "{epoch}" => "1",
        _ when part.StartsWith('{') => "w0",
        _ => part,
    };

    private async Task<OwnerHost> StartAsync()
    {
        OwnerHost owner = await OwnerHost.StartAsync(
            new OwnerOptions(folder.Path, Port: null, TimeSpan.FromMinutes(1)),
            default,
            collection => collection.AddSingleton<IHostedService>(provider => new Listening(provider, known => services = known)));
        IRunStore runs = services!.GetRequiredService<IRunStore>();
        foreach ((string id, string token) in new[] { (Run, Token), ("run-2", AnothersToken) })
        {
            RunRecord run = new() { RunId = id, Spec = new RunSpec { Scenario = "tail-read" }, CreatedAt = TimeProvider.System.GetUtcNow() };
            await runs.CreateAsync(run, token, default);
        }

        return owner;
    }

    private static HttpClient Client(OwnerHost owner) => new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = owner.File.Url };

    /// <summary>Hands out what the host is made of.</summary>
    private sealed class Listening(IServiceProvider provider, Action<IServiceProvider> tell) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            tell(provider);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
