using Azure.Core;
using Marathon.Azure.Arm;
using Marathon.Azure.Claims;
using Marathon.Azure.Costs;
using Marathon.Azure.Faults;
using Marathon.Azure.Fleets;
using Marathon.Azure.Janitor;
using Marathon.Azure.Secrets;
using Marathon.Controller.Clusters;
using Marathon.Controller.Fleets;
using Marathon.Functions.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Marathon.Functions.Fleets;

/// <summary>Fleets of spot machines, faults on them and their prices, with the app's own identity.</summary>
internal static class FleetServices
{
    public static IServiceCollection AddSpotFleets(this IServiceCollection services, FleetSettings settings) => services
        .AddSingleton(settings.Fleet)
        .AddSingleton(s => new ArmAccess(s.GetRequiredService<TokenCredential>(), settings.SubscriptionId))
        .AddSingleton<LifeClaims>()
        .AddSingleton<IVmPrices>(s => new RetailVmPrices(new HttpClient(), s.GetRequiredService<TimeProvider>()))
        .AddSingleton<IFleetProvider, VmScaleSetFleetProvider>()
        .AddSingleton<VmFaults>()
        .AddSingleton<IFaultInjector, MachineFaultInjector>()
        .AddSingleton(ClaimRoute.Route)
        .AddSingleton(s => new FleetJanitor(
            s.GetRequiredService<ArmAccess>(), settings.Fleet.ResourceGroup, s.GetRequiredService<IRunSecrets>(),
            s.GetRequiredService<IClaimStore>(), s.GetRequiredService<TimeProvider>(), settings.Fleet.SecurityGroupId));
}
