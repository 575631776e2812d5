using System.Security.Cryptography;
using Marathon.Cli.Api;
using Marathon.Cli.Clusters;
using Marathon.Cli.Faults;
using Marathon.Cli.Fleets;
using Marathon.Cli.Janitor;
using Marathon.Cli.Logging;
using Marathon.Cli.Processes;
using Marathon.Cli.Storage;
using Marathon.Controller;
using Marathon.Controller.Clusters;
using Marathon.Controller.Fleets;
using Marathon.Controller.Http;
using Marathon.Controller.Runs;
using Marathon.Controller.Storage;
using Marathon.Durable;
using Marathon.Durable.Embedded;
using Marathon.Telemetry;

namespace Marathon.Cli.Owner;

/// <summary>
/// The one-machine host: controller, embedded engine and HTTP API in this process. It owns its data folder, and goes on
/// with every run that is unfinished there.
/// </summary>
internal sealed class OwnerHost : IAsyncDisposable
{
    /// <summary>How long ended orchestrations can be asked about; runs and their reports stay as files.</summary>
    private static readonly TimeSpan s_retention = TimeSpan.FromDays(30);

    // Its reach is this machine, and a soak may take weeks.
    private static readonly TimeSpan s_tokenLifetime = TimeSpan.FromDays(400);

    private readonly WebApplication web;
    private readonly OwnerOptions options;
    private readonly TelemetryExport? export = TelemetryExport.FromEnvironment(
        "marathon-controller", null, [ControllerTelemetry.Name, "Marathon.Durable.Embedded", "Marathon.Cli"]);

    private OwnerHost(WebApplication web, OwnerOptions options, ControllerFile file)
    {
        this.web = web;
        this.options = options;
        File = file;
    }

    /// <summary>How others reach it.</summary>
    public ControllerFile File { get; }

    /// <summary>Cancelled when another process asks for the data folder.</summary>
    public CancellationToken HandoverAsked => web.Services.GetRequiredService<HandoverRequest>().Asked;

    /// <summary>How it ends without leaving anything behind.</summary>
    public OrderlyEnd End => web.Services.GetRequiredService<OrderlyEnd>();

    /// <summary>Becomes the owner.</summary>
    /// <param name="options">The data folder and how to serve it.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <param name="configure">Puts other services in the place of this machine's: another fleet provider, say.</param>
    /// <exception cref="DurableStoreInUseException">Another process is.</exception>
    /// <exception cref="Configuration.SpecException">The port that was asked for is taken.</exception>
    public static async Task<OwnerHost> StartAsync(OwnerOptions options, CancellationToken cancellationToken, Action<IServiceCollection>? configure = null)
    {
        ControllerFile? last = await ControllerFile.ReadAsync(options.Data, cancellationToken);
        if (last is { Process.IsAlive: true } && !ListenerPorts.IsFree(last.Url.Port))
        {
            // Another process is about to let go: its port comes free before its folder does, and we need both.
            throw new DurableStoreInUseException(DatabaseOf(options.Data), last.Pid);
        }

        string key = last?.OperatorKey ?? RandomNumberGenerator.GetHexString(64, lowercase: true);
        WebApplication web = Build(options, key, ListenerPorts.Choose(options.Port, last), configure);
        try
        {
            await web.StartAsync(cancellationToken);
            Uri url = new(web.Urls.First());
            web.Services.GetRequiredService<ControllerEndpoint>().Address = url;
            await web.Services.GetRequiredService<EmbeddedDurableHost>().StartAsync(cancellationToken);
            ProcessIdentity self = ProcessIdentity.Current;
            ControllerFile file = new(url, self.Pid, TimeProvider.System.GetUtcNow(), self.Start, key) { Ports = [.. web.Urls.Select(u => new Uri(u).Port)] };
            await file.WriteAsync(options.Data, cancellationToken);
            await web.Services.GetRequiredService<RunAdmission>().ResumeAsync(cancellationToken);
            await web.Services.GetRequiredService<OrderlyEnd>().WakeLoopAsync(cancellationToken);
            web.Services.GetRequiredService<DiskWatch>().Start();
            web.Services.GetRequiredService<ExitWatch>().Start();
            await web.Services.GetRequiredService<LocalJanitor>().StartAsync(options.Lease, cancellationToken);
            return new OwnerHost(web, options, file);
        }
        catch
        {
            await web.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Lets go of the data folder. The file stays where runs are unfinished: the next owner takes over the port, which the
    /// runs' workers know.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        bool unfinished = (await web.Services.GetRequiredService<IRunStore>().ListAsync(CancellationToken.None)).Any(r => r.End is null);
        if (!unfinished)
        {
            // While we are still the owner: afterwards the file may be the next one's.
            System.IO.File.Delete(ControllerFile.PathOf(options.Data));
        }

        // The port goes before the folder does: whoever gets the folder needs the port that the workers know.
        await web.StopAsync();
        web.Services.GetRequiredService<LocalJanitor>().Stop();
        await web.Services.GetRequiredService<ExitWatch>().DisposeAsync();
        await web.Services.GetRequiredService<DiskWatch>().DisposeAsync();
        await web.Services.GetRequiredService<EmbeddedDurableHost>().DisposeAsync();
        await web.DisposeAsync();
        export?.Dispose();
    }

    private static string DatabaseOf(string data) => Path.Combine(data, "marathon.db");

    private static EmbeddedDurableOptions EngineOptions(string data, IServiceProvider services) => new()
    {
        Registry = services.GetRequiredService<DurableTaskRegistry>(),
        DatabasePath = DatabaseOf(data),
        Services = services,
        LoggerFactory = services.GetRequiredService<ILoggerFactory>(),
        Retention = s_retention,
    };

    private static WebApplication Build(OwnerOptions options, string key, IReadOnlyList<int> ports, Action<IServiceCollection>? configure)
    {
        WebApplicationBuilder builder = LoopbackServer.CreateBuilder(ports);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddProvider(new RunLoggerProvider(new DataFolder(options.Data), TimeProvider.System));
        builder.Services.AddMarathonController(new ControllerOptions { DataFolder = options.Data, OperatorKey = key, Lease = options.Lease, TokenLifetime = s_tokenLifetime })
            .AddSingleton(new DurableTaskRegistry().AddMarathon().AddOrchestrator<JanitorOrchestrator>().AddActivity<TidyUp>())
            .AddSingleton(services => new EmbeddedDurableHost(EngineOptions(options.Data, services)))
            .AddSingleton(services => services.GetRequiredService<EmbeddedDurableHost>().Client)
            .AddSingleton<HandoverRequest>()
            .AddSingleton<OrderlyEnd>()
            .AddSingleton(services => ActivatorUtilities.CreateInstance<DiskWatch>(services, options.Data));
        AddMachine(builder.Services, options);
        configure?.Invoke(builder.Services);
        WebApplication web = builder.Build();
        OrderlyEnd.Map(web);
        web.MapMarathonApi();
        HandoverRoute.Map(web);
        DurableManagementRoutes.Map(web);
        return web;
    }

    private static void AddMachine(IServiceCollection services, OwnerOptions options)
    {
        LocalClusterProvider[] local = [new TestbedClusterProvider(options.Data, options.Lease), new LocalKafkaClusterProvider(options.Data, options.Lease)];
        services
            .AddSingleton<IClusterProvider>(local[0])
            .AddSingleton<IClusterProvider>(local[1])
            .AddSingleton<IClusterProvider>(new ExistingClusterProvider(TestbedClusterProvider.Name, LocalKafkaClusterProvider.Name))
            .AddSingleton<ExitWatch>()
            .AddSingleton<IFleetProvider>(provider => new LocalFleetProvider(options.Data, provider.GetRequiredService<ExitWatch>()))
            .AddSingleton<RunCensus>()
            .AddSingleton<ILeftoverSource, ProcessLeftovers>()
            .AddSingleton<ILeftoverSource>(provider => ActivatorUtilities.CreateInstance<FolderLeftovers>(provider, options.Lease))
            .AddSingleton<ILeftoverSource, TopicLeftovers>()
            .AddSingleton<LocalJanitor>()
            .AddSingleton<IFaultInjector>(new LocalFaultInjector(options.Data, local, TimeProvider.System));
    }
}
