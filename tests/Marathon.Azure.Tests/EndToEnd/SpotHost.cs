using System.Text.Json;
using Marathon.Azure.Arm;
using Marathon.Azure.Claims;
using Marathon.Azure.Faults;
using Marathon.Azure.Fleets;
using Marathon.Azure.Tests.Fakes;
using Marathon.Cli.Api;
using Marathon.Cli.Owner;
using Marathon.Controller.Clusters;
using Marathon.Controller.Fleets;
using Marathon.Controller.Runs;
using Marathon.Controller.Topics;
using Marathon.Reports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Azure.Tests.EndToEnd;

/// <summary>The one-machine host with fleets and faults of the cloud: Azure is a fake, its machines are processes, and the rest is real.</summary>
internal sealed class SpotHost : IAsyncDisposable
{
    /// <summary>Between two looks at a run: each is a request.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly string folder;
    private readonly OwnerHost owner;

    private SpotHost(string folder, FastClock clock, FakeArm arm, FakePlatform platform, LifeClaims claims, LocalMachines machines, OwnerHost owner)
    {
        (this.folder, Clock, Arm, Platform, Claims, Machines, this.owner) = (folder, clock, arm, platform, claims, machines, owner);
        Client = new MarathonClient(owner.File.Url, owner.File.OperatorKey);
    }

    public FastClock Clock { get; }

    public FakeArm Arm { get; }

    public FakePlatform Platform { get; }

    public LifeClaims Claims { get; }

    public LocalMachines Machines { get; }

    public MarathonClient Client { get; }

    public static async Task<SpotHost> StartAsync(string folder)
    {
        FastClock clock = new(10);
        FakeArm arm = new(clock) { OperationTime = TimeSpan.FromSeconds(20), ListLag = TimeSpan.FromSeconds(10) };
        FakePlatform platform = await FakePlatform.StartAsync(AzureWorld.DefaultOptions.IdentityClientId);
        LifeClaims claims = new(new MemoryClaims(), clock);
        ArmAccess access = arm.Access();
        VmScaleSetFleetProvider fleet = new(
            access, AzureWorld.DefaultOptions, claims, platform, clock, NullLogger<VmScaleSetFleetProvider>.Instance, new FakePrices());
        LocalMachines machines = new(arm, platform, Directory.CreateDirectory(Path.Combine(folder, "machines")).FullName);
        OwnerHost owner = await OwnerHost.StartAsync(
            new OwnerOptions(Path.Combine(folder, "data"), Port: null, TimeSpan.FromSeconds(60)),
            CancellationToken.None,
            services => services.AddSingleton<IFleetProvider>(new FastFleet(fleet, clock))
                .AddSingleton<IFaultInjector>(s => new FastFaults(
                    new MachineFaultInjector(
                        new VmFaults(access, clock, NullLogger<VmFaults>.Instance), claims, access, AzureWorld.DefaultOptions,
                        s.GetRequiredService<IRunStore>(), s.GetRequiredService<ClusterAccess>(), s.GetRequiredService<IClusterAdmin>(), TimeProvider.System),
                    clock))
                .AddSingleton(claims)
                .AddSingleton(ClaimRoute.Route));
        return new SpotHost(folder, clock, arm, platform, claims, machines, owner);
    }

    public async Task<Report> ReportAsync(string run)
    {
        await Eventually.HoldsAsync(async () => await Client.FindAsync(run, default) is { State: "finished" }, () => "the run ends", Pause);
        return JsonSerializer.Deserialize<Report>((await Client.FindReportAsync(run, "json", default))!, ReportJson.Options)!;
    }

    /// <summary>Where all of it stands, for whoever must find out what went wrong.</summary>
    public async Task<string> TellAsync(string run, DateTimeOffset begun) =>
        $"existing: {string.Join(", ", Arm.Existing.Select(machine => $"{machine.Name} {machine.State}"))}\n" +
        $"claims: {string.Join(", ", await Claims.ListAsync(run, default))}\n" +
        $"changes: {string.Join(", ", Arm.Calls.Where(call => call.Method != "GET").Select(call => $"{Clock.ToOurs(call.At - begun).TotalSeconds:0.0} {call.Policy} {call.Resource} {call.Status}"))}\n" +
        string.Join("\n", Directory.EnumerateFiles(Path.Combine(folder, "data"), "*.log", SearchOption.AllDirectories).Select(log => $"{log}\n{string.Join("\n", File.ReadLines(log).TakeLast(40))}"));

    public async ValueTask DisposeAsync()
    {
        await owner.DisposeAsync();
        await Machines.DisposeAsync();
        await Platform.DisposeAsync();
    }
}
