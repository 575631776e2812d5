using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marathon.Testbed.Cluster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Marathon.Testbed.ControlApi;

/// <summary>The control API: what the cluster is doing, and faults on demand. Loopback only, behind a bearer key.</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ControlServer(WebApplication app, string key)
    {
        _app = app;
        Key = key;
    }

    public string Key { get; }

    public Uri Url => new(_app.Urls.Single());

    /// <exception cref="TestbedException">The port is taken.</exception>
    public static async Task<ControlServer> StartAsync(TestbedCluster cluster, int port)
    {
        var key = RandomNumberGenerator.GetHexString(64, lowercase: true);

        // Empty: it reads no settings of the folder or the environment that it happens to be started in, and watches no files for them.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddRouting().AddLogging();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.Limits.MaxRequestBodySize = 64 << 10;
        });
        builder.Services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower)));
        var app = builder.Build();
        app.Use((context, next) => IsAllowed(context.Request, key) ? next(context) : RefuseAsync(context));
        StateRoutes.Map(app, cluster);
        BrokerRoutes.Map(app, cluster);
        PartitionRoutes.Map(app, cluster);
        LieRoutes.Map(app, cluster);
        try
        {
            await app.StartAsync();
            return new ControlServer(app, key);
        }
        catch (IOException taken)
        {
            await app.DisposeAsync();
            throw new TestbedException($"cannot listen on 127.0.0.1:{port} for the control API: {taken.Message}", taken);
        }
    }

    public ControlFile Describe(string bootstrapServers)
    {
        using var process = Process.GetCurrentProcess();
        return new ControlFile(process.Id, new DateTimeOffset(process.StartTime).ToUniversalTime(), bootstrapServers, Url, Key);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static bool IsAllowed(HttpRequest request, string key) =>
        request.Host.Host is "127.0.0.1" or "localhost"
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()), Encoding.UTF8.GetBytes($"Bearer {key}"));

    private static Task RefuseAsync(HttpContext context) => Results
        .Problem("the key is missing or wrong; send 'Authorization: Bearer KEY' with the key in testbed.json", statusCode: 401)
        .ExecuteAsync(context);
}
