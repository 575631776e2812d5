using System.Text.Json;
using Marathon.Azure.Claims;
using Marathon.Azure.Fleets;
using Marathon.Azure.Janitor;
using Marathon.Controller.Fleets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Azure.Tests.Fakes;

/// <summary>Azure, the controller's stores, and one controller process at a time.</summary>
public sealed class AzureWorld
{
    public const string Run = "tail-read-20260301-000000-abcd";
    public const string Token = "the-token-of-the-run";

    public AzureWorld(SpotFleetOptions? options = null)
    {
        Options = options ?? DefaultOptions;
        Arm = new FakeArm(Clock, Death);
        Secrets = new MemorySecrets(Clock, Death);
        Store = new MemoryClaims(Death);
        Claims = new LifeClaims(Store, Clock);
        Provider = NewProcess();
    }

    public static SpotFleetOptions DefaultOptions { get; } = new()
    {
        ResourceGroup = FakeArm.Group,
        Location = "westeurope",
        SubnetId = $"/subscriptions/{FakeArm.Subscription}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/workers",
        SecurityGroupId = FakeArm.SecurityGroup,
        IdentityId = $"/subscriptions/{FakeArm.Subscription}/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/worker",
        IdentityClientId = "22222222-2222-3333-4444-555555555555",
        Image = "marathon.azurecr.io/worker:1",
        Sizes = ["Standard_D2as_v5", "Standard_D2s_v5"],
        Zones = ["1", "2"],
    };

    public VirtualClock Clock { get; } = new();

    public Death Death { get; } = new();

    public SpotFleetOptions Options { get; }

    public FakeArm Arm { get; }

    public MemorySecrets Secrets { get; }

    public MemoryClaims Store { get; }

    public LifeClaims Claims { get; }

    public FakePrices Prices { get; } = new();

    public VmScaleSetFleetProvider Provider { get; private set; }

    /// <summary>The controller starts again and remembers nothing.</summary>
    public VmScaleSetFleetProvider NewProcess() => Provider =
        new VmScaleSetFleetProvider(Arm.Access(), Options, Claims, Secrets, Clock, NullLogger<VmScaleSetFleetProvider>.Instance, Prices);

    public FleetJanitor Janitor() => new(Arm.Access(), FakeArm.Group, Secrets, Store, Clock, Options.SecurityGroupId);

    public static FleetStart Start(int size, IEnumerable<WorkerLife>? lives = null, int attempt = 1) => new(
        Run, [.. lives ?? Lives(0, size, attempt)], size, new Uri("https://marathon.test/"), Token, TimeSpan.FromSeconds(60), attempt);

    public static IEnumerable<WorkerLife> Lives(int from, int count, int epoch = 1) =>
        Enumerable.Range(from, count).Select(index => new WorkerLife($"w{index}", epoch));

    /// <summary>Polls to the end as an orchestrator does: the operation is stored as JSON, time passes, another process may poll.</summary>
    public async Task<FleetOperation> DriveAsync(FleetOperation operation, Action? eachPoll = null)
    {
        DateTimeOffset deadline = Clock.GetUtcNow() + TimeSpan.FromHours(2);
        while (operation.State == FleetOperationState.Running)
        {
            Assert.True(Clock.GetUtcNow() < deadline, $"two hours, and still: {operation.Detail}");
            Assert.True(operation.PollAfter > TimeSpan.Zero, "an operation must say when to look again");
            Clock.Advance(operation.PollAfter);
            await BootAsync();
            eachPoll?.Invoke();
            string stored = JsonSerializer.Serialize(operation);
            Assert.DoesNotContain(Token, stored, StringComparison.Ordinal);
            operation = await Provider.PollAsync(JsonSerializer.Deserialize<FleetOperation>(stored)!, default);
        }
        return operation;
    }

    public async Task<FleetOperation> StartAsync(int size, IEnumerable<WorkerLife>? lives = null) =>
        await DriveAsync(await Provider.StartAsync(Start(size, lives), default));

    public async Task<FleetOperation> ReleaseAsync() => await DriveAsync(await Provider.ReleaseAsync(Run, default));

    /// <summary>Machines that run claim a life, as the boot script does.</summary>
    public async Task BootAsync()
    {
        HashSet<string> busy = [.. (await Claims.ListAsync(Run, default)).Where(life => !life.Ended).Select(life => life.Machine).OfType<string>()];
        foreach (FakeMachine machine in Arm.Running.Where(machine => !busy.Contains(machine.Name)))
            await Claims.ClaimAsync(Run, machine.Name, default);
    }

    /// <summary>What the run has left anywhere.</summary>
    public async Task<string> RemainsAsync() => string.Join(", ", Arm.Sets.Select(set => set.Name)
        .Concat(Arm.Existing.Select(machine => machine.Name))
        .Concat(Arm.Parts.Select(part => part.Name))
        .Concat(Secrets.Values.Keys)
        .Concat((await Store.ListAsync(Run, default)).Select(row => row.Key)));
}
