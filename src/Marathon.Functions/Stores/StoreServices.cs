using Azure.Core;
using Azure.Identity;
using Marathon.Azure.Claims;
using Marathon.Azure.Secrets;
using Marathon.Azure.Storage;
using Marathon.Azure.Stores;
using Marathon.Controller.Evidence;
using Marathon.Controller.Loop;
using Marathon.Controller.Reports;
using Marathon.Controller.Runs;
using Marathon.Controller.Workers;
using Marathon.Functions.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Marathon.Functions.Stores;

/// <summary>Stores that all instances of the app share: blobs, tables and the vault, with the app's own identity.</summary>
internal static class StoreServices
{
    private const string Container = "runs", Claims = "claims", Heartbeats = "heartbeats", Registrations = "registrations";

    public static IServiceCollection AddCloudStores(this IServiceCollection services, StorageSettings settings, Uri keyVault, string? identityClientId) => services
        .AddSingleton<TokenCredential>(identityClientId is null
            ? new DefaultAzureCredential()
            : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(identityClientId)))
        .AddSingleton<IRunSecrets>(s => new KeyVaultRunSecrets(keyVault, s.GetRequiredService<TokenCredential>()))
        .AddSingleton(s => new BlobContainer(settings.Blobs, Container, s.GetRequiredService<TokenCredential>(), s.GetRequiredService<TimeProvider>()))
        .AddSingleton<IRunStore, BlobRunStore>()
        .AddSingleton<ILoopStore, BlobLoopStore>()
        .AddSingleton<IReportStore, BlobReportStore>()
        .AddSingleton<IEvidenceStore, BlobEvidenceStore>()
        .AddSingleton<IClaimStore>(s => new TableClaims(Table(s, settings, Claims)))
        .AddSingleton<IWorkerRegistry>(s => new TableWorkerRegistry(Table(s, settings, Registrations), s.GetRequiredService<TimeProvider>()))
        .AddSingleton<IHeartbeats>(s => new TableHeartbeats(
            Table(s, settings, Heartbeats), s.GetRequiredService<BlobContainer>(), s.GetRequiredService<TimeProvider>()));

    private static StorageTable Table(IServiceProvider services, StorageSettings settings, string name) =>
        new(settings.Tables, name, services.GetRequiredService<TokenCredential>(), services.GetRequiredService<TimeProvider>());
}
