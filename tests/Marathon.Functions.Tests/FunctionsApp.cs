using System.Text.Json;
using Marathon.Functions.Settings;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Marathon.Functions.Tests;

/// <summary>The app as Program composes it, without a Functions host to start it.</summary>
internal static class FunctionsApp
{
    /// <summary>What the templates set, with Azure Storage as the backend.</summary>
    public static Dictionary<string, string?> StorageSettings => new(Common)
    {
        ["AzureFunctionsJobHost:extensions:durableTask:storageProvider:type"] = "AzureStorage",
        ["AzureFunctionsJobHost:extensions:durableTask:storageProvider:connectionStringName"] = "AzureWebJobsStorage",
        ["AzureWebJobsStorage:blobServiceUri"] = "https://st.blob.test",
        ["AzureWebJobsStorage:queueServiceUri"] = "https://st.queue.test",
        ["AzureWebJobsStorage:tableServiceUri"] = "https://st.table.test",
    };

    /// <summary>What the templates set, with the Durable Task Scheduler as the backend.</summary>
    public static Dictionary<string, string?> SchedulerSettings => new(Common)
    {
        ["DURABLE_TASK_SCHEDULER_CONNECTION_STRING"] = "Endpoint=https://dts.test;Authentication=ManagedIdentity;ClientID=id",
    };

    /// <summary>What a developer's machine starts with.</summary>
    public static Dictionary<string, string?> LocalSettings => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "local.settings.json")))
        .RootElement.GetProperty("Values").EnumerateObject()
        // As environment variables become settings.
        .ToDictionary(value => value.Name.Replace("__", ":", StringComparison.Ordinal), value => value.Value.GetString());

    private static Dictionary<string, string?> Common => new()
    {
        ["Marathon:Fleet:SubscriptionId"] = "11111111-2222-3333-4444-555555555555",
        ["Marathon:Fleet:ResourceGroup"] = "rg-workers",
        ["Marathon:Fleet:Location"] = "westeurope",
        ["Marathon:Fleet:SubnetId"] = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/workers",
        ["Marathon:Fleet:SecurityGroupId"] = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-workers/providers/Microsoft.Network/networkSecurityGroups/nsg-faults",
        ["Marathon:Fleet:IdentityId"] = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/worker",
        ["Marathon:Fleet:IdentityClientId"] = "22222222-2222-3333-4444-555555555555",
        ["Marathon:Fleet:Image"] = "marathon.azurecr.io/worker:1",
        ["Marathon:Fleet:Sizes"] = "Standard_D2as_v5, Standard_D2s_v5",
        ["Marathon:Fleet:Zones"] = "1,2",
        ["Marathon:Fleet:MaxPricePerHour"] = "0.05",
        ["Marathon:Fleet:KeyVaultUri"] = "https://kv.vault.test/",
        ["Marathon:Storage:BlobServiceUri"] = "https://st.blob.test/",
        ["Marathon:Storage:TableServiceUri"] = "https://st.table.test/",
    };

    public static FunctionsSettings Read(Dictionary<string, string?> settings, bool isSchedulerBuiltIn = true) => FunctionsSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
        new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "host.json")).Build(),
        isSchedulerBuiltIn);

    public static IHost Build(Dictionary<string, string?> settings, Action<IFunctionsWorkerApplicationBuilder>? more = null)
    {
        FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder([]);
        builder.ConfigureFunctionsWebApplication();

        // Nobody is there: the app is not started.
        builder.Configuration["Functions:Worker:HostEndpoint"] = "http://127.0.0.1:9";

        // In the app itself the worker does this for each extension.
        builder.ConfigureDurableExtension();
        builder.AddMarathon(Read(settings));
        more?.Invoke(builder);
        return builder.Build();
    }
}
