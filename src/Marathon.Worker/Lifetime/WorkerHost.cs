using System.Net;
using Marathon.Kafka;
using Marathon.Worker.Commands;
using Marathon.Worker.Controller;
using Marathon.Worker.Evidence;
using Marathon.Worker.Reporting;
using Marathon.Worker.ScheduledEvents;
using Marathon.Worker.Telemetry;
using Marathon.Workers;
using Marathon.Workers.Load;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Marathon.Worker.Lifetime;

/// <summary>The worker's HTTP side: Kestrel with the commands, and everything that they need.</summary>
public static class WorkerHost
{
    /// <summary>Builds it; it serves once started.</summary>
    /// <param name="arguments">Which worker of which run.</param>
    /// <param name="log">Where it writes what happens.</param>
    /// <param name="configure">Puts other services in the place of its own: another load, say.</param>
    public static WebApplication Build(WorkerArguments arguments, ILoggerProvider log, Action<IServiceCollection>? configure = null)
    {
        // Empty: it reads no settings of the folder or the environment that it happens to be started in, and watches no files for them.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddRouting().AddLogging();
        builder.Logging.AddProvider(log).AddFilter("Microsoft", LogLevel.Warning);
        var certificate = IPAddress.IsLoopback(arguments.Listen.Address) ? null : WorkerCertificate.Create(arguments.Worker, TimeProvider.System);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = CommandEndpoint.MaximumBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = 64;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Listen(arguments.Listen, listen =>
            {
                if (certificate is not null)
                    listen.UseHttps(certificate.Certificate);
            });
        });
        Add(builder.Services, arguments, certificate);
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        Map(app);
        return app;
    }

    /// <summary>Where a started host takes commands.</summary>
    public static Node NodeOf(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        var address = new Uri(addresses.First());
        return new Node(address.Host, address.Port, app.Services.GetService<WorkerCertificate>()?.Sha256);
    }

    private static void Add(IServiceCollection services, WorkerArguments arguments, WorkerCertificate? certificate)
    {
        services.AddSingleton(arguments);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IHostLifetime, SilentLifetime>();
        services.AddSingleton(new BearerToken(arguments.Token));
        services.AddSingleton(new Lease(arguments.Lease, TimeProvider.System));
        services.AddSingleton<ControllerClient>();
        services.AddSingleton<EvidenceOutbox>();
        services.AddSingleton<CheckpointStore>();
        services.AddSingleton<EventQueue>();
        services.AddSingleton<CommandLedger>();
        services.AddSingleton<CommandEndpoint>();
        services.AddSingleton<WorkerSession>();
        services.AddSingleton<ICommandTarget>(provider => provider.GetRequiredService<WorkerSession>());
        services.AddSingleton<HeartbeatLoop>();
        services.AddSingleton<LeaseWatch>();
        services.AddSingleton<Registrar>();
        services.AddSingleton<WorkerMeter>();
        if (arguments.ScheduledEvents is { } metadata)
        {
            services.AddSingleton(provider => new ScheduledEventsWatcher(
                ScheduledEventsWatcher.CreateClient(),
                new ScheduledEventsOptions { BaseAddress = metadata },
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<ScheduledEventsWatcher>>()));
            services.AddSingleton<MachineWatch>();
        }

        services.AddSingleton<Func<string, ILoad>>(provider => kind => kind switch
        {
            KafkaLoad.Kind => new KafkaLoad(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<KafkaLoad>>()),
            _ => throw new CommandRefusedException(StatusCodes.Status400BadRequest, $"there is no load of kind '{kind}'", $"use {KafkaLoad.Kind}", "kind"),
        });
        if (certificate is not null)
            services.AddSingleton(certificate);
        services.AddProblemDetails();
    }

    // Delegates of this form are called as they are; for others a caller is composed and compiled at the first request, which took
    // a second of a busy machine.
    private static void Map(WebApplication app)
    {
        app.UseStatusCodePages();
        app.MapGet("/healthz", context => Results.Text(context.RequestServices.GetRequiredService<ICommandTarget>().Phase.ToString()).ExecuteAsync(context));
        app.MapPost(WorkerProtocol.CommandsPath + "{name}", context => HandleAsync((string)context.GetRouteValue("name")!, context));
        app.MapPost(WorkerProtocol.PreemptPath, context =>
        {
            context.Request.Headers.TryAdd(WorkerProtocol.CommandIdHeader, CommandEndpoint.Preempt);
            return HandleAsync(CommandEndpoint.Preempt, context);
        });
    }

    private static async Task HandleAsync(string name, HttpContext context) => await (await AnswerAsync(name, context)).ExecuteAsync(context);

    private static async Task<IResult> AnswerAsync(string name, HttpContext context)
    {
        if (context.RequestServices.GetRequiredService<BearerToken>().Admits(context.Request.Headers.Authorization))
            return await context.RequestServices.GetRequiredService<CommandEndpoint>().HandleAsync(name, context.Request);
        context.RequestServices.GetRequiredService<ILogger<CommandEndpoint>>().TokenRefused(context.Request.Path);
        context.Response.Headers.WWWAuthenticate = WorkerProtocol.TokenScheme;
        return CommandEndpoint.Problem(StatusCodes.Status401Unauthorized, "the run's token is missing or wrong", $"send it as Authorization: {WorkerProtocol.TokenScheme} …", "Authorization");
    }
}
