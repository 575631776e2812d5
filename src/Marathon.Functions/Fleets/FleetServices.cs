using Azure.Core;
using Azure.Identity;
using Marathon.Azure.Arm;
using Marathon.Azure.Claims;
using Marathon.Azure.Fleets;
using Marathon.Azure.Janitor;
using Marathon.Azure.Secrets;
using Marathon.Controller.Fleets;
using Marathon.Controller.Http;
using Marathon.Functions.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Marathon.Functions.Fleets;

/// <summary>Fleets of spot machines, with the app's own identity.</summary>
internal static class FleetServices
{
    private const string ClaimsTable = "claims";

    public static IServiceCollection AddSpotFleets(this IServiceCollection services, FleetSettings settings, string? identityClientId) => services
        .AddSingleton<TokenCredential>(identityClientId is null
            ? new DefaultAzureCredential()
            : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(identityClientId)))
        .AddSingleton(settings.Fleet)
        .AddSingleton(s => new ArmAccess(s.GetRequiredService<TokenCredential>(), settings.SubscriptionId))
        .AddSingleton<IClaimStore>(s => new TableClaims(
            settings.TableService, ClaimsTable, s.GetRequiredService<TokenCredential>(), s.GetRequiredService<TimeProvider>()))
        .AddSingleton<IRunSecrets>(s => new KeyVaultRunSecrets(settings.KeyVault, s.GetRequiredService<TokenCredential>()))
        .AddSingleton<LifeClaims>()
        .AddSingleton<IFleetProvider, VmScaleSetFleetProvider>()
        .AddSingleton(ClaimRoute.Route)
        .AddSingleton(s => new FleetJanitor(
            s.GetRequiredService<ArmAccess>(), settings.Fleet.ResourceGroup, s.GetRequiredService<IRunSecrets>(),
            s.GetRequiredService<IClaimStore>(), s.GetRequiredService<TimeProvider>()));
}
