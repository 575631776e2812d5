using Azure.Core;
using Marathon.Azure.Arm;
using Marathon.Azure.Claims;
using Marathon.Azure.Fleets;
using Marathon.Azure.Janitor;
using Marathon.Azure.Secrets;
using Marathon.Controller.Fleets;
using Marathon.Functions.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Marathon.Functions.Fleets;

/// <summary>Fleets of spot machines, with the app's own identity.</summary>
internal static class FleetServices
{
    public static IServiceCollection AddSpotFleets(this IServiceCollection services, FleetSettings settings) => services
        .AddSingleton(settings.Fleet)
        .AddSingleton(s => new ArmAccess(s.GetRequiredService<TokenCredential>(), settings.SubscriptionId))
        .AddSingleton<LifeClaims>()
        .AddSingleton<IFleetProvider, VmScaleSetFleetProvider>()
        .AddSingleton(ClaimRoute.Route)
        .AddSingleton(s => new FleetJanitor(
            s.GetRequiredService<ArmAccess>(), settings.Fleet.ResourceGroup, s.GetRequiredService<IRunSecrets>(),
            s.GetRequiredService<IClaimStore>(), s.GetRequiredService<TimeProvider>()));
}
