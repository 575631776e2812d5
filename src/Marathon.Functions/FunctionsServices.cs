using Marathon.Controller;
using Marathon.Controller.Clusters;
using Marathon.Durable;
using Marathon.Functions.Durable;
using Marathon.Functions.Fleets;
using Marathon.Functions.Settings;
using Marathon.Functions.Stores;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Sdk = Microsoft.DurableTask;
#if DURABLE_TASK_SCHEDULER
using Microsoft.DurableTask.Client.AzureManaged;
#endif

namespace Marathon.Functions;

/// <summary>Composes the cloud host: the controller, on Durable Functions.</summary>
public static class FunctionsServices
{
    // Nothing that matters is kept here: every store is one of the cloud.
    private static readonly string s_scratch = Path.Combine(Path.GetTempPath(), "marathon");

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
            })
            .AddSingleton(new ControllerEndpoint { Address = settings.Controller })
            .AddSingleton(new DurableTaskRegistry().AddMarathon())
            .AddDurableClient(settings)
            .AddSpotFleets(settings.Fleet)
            .AddSingleton<IClusterProvider>(new ExistingClusterProvider("testbed", "kafka"))
            .Configure<WorkerOptions>(options => options.Serializer = new DurableSerializer(JsonDataConverter.Default))
            .AddOptions<Sdk.DurableTaskRegistry>(worker.Name)
            .Configure<DurableTaskRegistry, IServiceProvider>((tasks, registry, services) => tasks.Expose(registry, services));
        return builder;
    }

    // Activities need a client as well as triggers do, and only triggers can be bound to one: so the app has its own.
    private static IServiceCollection AddDurableClient(this IServiceCollection services, FunctionsSettings settings)
    {
        services.AddDurableTaskClient(client =>
        {
            client.RegisterDirectly();
#if DURABLE_TASK_SCHEDULER
            client.UseDurableTaskScheduler(settings.SchedulerConnectionString);
#else
            client.UseGrpc();
#endif
        });
        return services.AddSingleton<DurableClient>(s => new DurableClientAdapter(s.GetRequiredService<DurableTaskClient>()));
    }
}
