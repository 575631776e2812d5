using Marathon.Controller;
using Marathon.Controller.Clusters;
using Marathon.Controller.Runs;
using Marathon.Durable;
using Marathon.Functions.Durable;
using Marathon.Functions.Fleets;
using Marathon.Functions.Runs;
using Marathon.Functions.Settings;
using Marathon.Functions.Stores;
using Marathon.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sdk = Microsoft.DurableTask;

namespace Marathon.Functions;

/// <summary>Composes the cloud host: the controller, on Durable Functions.</summary>
public static class FunctionsServices
{
    // Nothing that matters is kept here: every store is one of the cloud.
    private static readonly string s_scratch = Path.Combine(Path.GetTempPath(), "marathon");

    // A machine must be made, boot and pull its image before its worker is there, and takes minutes to go; heartbeats cross a network,
    // to an app that may have to start first.
    private static readonly RunSettings s_limits = new()
    {
        PrepareWithin = TimeSpan.FromMinutes(30),
        RegisterWithin = TimeSpan.FromMinutes(15),
        CleanupWithin = TimeSpan.FromMinutes(15),
        HeartbeatTimeout = TimeSpan.FromSeconds(15),
        RunningHeartbeatTimeout = TimeSpan.FromSeconds(60),
    };

    /// <summary>Adds the controller and makes functions of its orchestrators and activities.</summary>
    public static IFunctionsWorkerApplicationBuilder AddMarathon(this IFunctionsWorkerApplicationBuilder builder, FunctionsSettings settings)
    {
        IDurableTaskWorkerBuilder worker = builder.ConfigureDurableWorker();
        builder.Services
            .AddSingleton(settings)
            .AddCloudStores(settings.Storage, settings.Fleet.KeyVault, settings.IdentityClientId)
            .AddMarathonController(new ControllerOptions
            {
                DataFolder = s_scratch,
                AllowedHosts = [settings.Controller.Host],
                Lease = settings.Lease,
                Runs = s_limits,
            })
            .AddSingleton(new ControllerEndpoint { Address = settings.Controller })
            .AddSingleton(new DurableTaskRegistry().AddMarathon())
            .AddHostClient(settings.Durable.TaskHub)
            .AddAzureMonitor(settings.Telemetry)
            .AddSpotFleets(settings.Fleet)
            // What is added later is stopped earlier: the telemetry of invocations that end is sent, too.
            .AddHostedService(s => s.GetRequiredService<Drain>())
            .AddSingleton<IClusterProvider>(new ExistingClusterProvider("testbed", "kafka"))
            .Configure<WorkerOptions>(options => options.Serializer = new DurableSerializer(JsonDataConverter.Default))
            .AddOptions<Sdk.DurableTaskRegistry>(worker.Name)
            .Configure<DurableTaskRegistry, IServiceProvider>((tasks, registry, services) => tasks.Expose(registry, services));
        builder.UseMiddleware<Drain>();
        builder.UseMiddleware<DurableClientMiddleware>();
        return builder;
    }

    private static IServiceCollection AddHostClient(this IServiceCollection services, string taskHub) => services
        .AddSingleton<HostClient>()
        .AddSingleton<IFunctionMetadataTransformer, DurableClientBinding>()
        .AddSingleton<DurableClient>(s => new DurableClientAdapter(taskHub, () => s.GetRequiredService<HostClient>().Client));
}
