using Marathon.Azure.Faults;
using Marathon.Azure.Tests.Fakes;
using Marathon.Controller.Clusters;
using Marathon.Controller.Runs;
using Marathon.Controller.Topics;
using Marathon.Faults;
using Marathon.Runs;
using Marathon.Scenarios;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Azure.Tests.Faults;

public sealed class MachineFaultInjectorTests
{
    private readonly AzureWorld world = new();
    private readonly MemoryRuns runs;

    public MachineFaultInjectorTests() => runs = new MemoryRuns(new RunRecord
    {
        RunId = AzureWorld.Run,
        Spec = new RunSpec { Scenario = "tail-read", Cluster = "10.1.0.4:9092,10.1.0.5:9092" },
        CreatedAt = world.Clock.GetUtcNow(),
        Cluster = new ClusterDescription("existing", "unknown", 3, "10.1.0.4:9092,10.1.0.5:9092"),
        ClusterHeld = true,
    });

    [Fact]
    public async Task A_machine_that_is_switched_off_is_switched_on_again()
    {
        await world.StartAsync(3);
        FaultRecord fault = await InjectAsync(FaultAction.PowerOff);
        FakeMachine struck = Assert.Single(world.Arm.Existing, machine => machine.IsPoweredOff);
        Assert.EndsWith($" on {struck.Name}", fault.Target, StringComparison.Ordinal);
        Assert.Null(fault.HealedAt);

        fault = await DriveAsync(await Injector().HealAsync(AzureWorld.Run, fault, default));

        Assert.DoesNotContain(world.Arm.Existing, machine => machine.IsPoweredOff);
        Assert.True(fault.IsOver);
        Assert.True(fault.HealedAt > fault.StartedAt);
    }

    [Theory]
    [InlineData(FaultAction.Restart)]
    [InlineData(FaultAction.Redeploy)]
    [InlineData(FaultAction.Evict)]
    public async Task What_heals_itself_is_over_once_it_has_struck(FaultAction action)
    {
        await world.StartAsync(3);
        FaultRecord fault = await InjectAsync(action);
        Assert.True(fault.IsOver);
        Assert.Equal(action == FaultAction.Evict ? ComputePolicy.DeleteMachine : ComputePolicy.UpdateMachine, Acts().Single().Policy);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(action == FaultAction.Evict ? 2 : 3, world.Arm.Running.Count);
    }

    [Theory]
    [InlineData(FaultAction.Partition)]
    [InlineData(FaultAction.Degrade)]
    public async Task A_network_is_cut_off_from_every_broker_and_mended(FaultAction action)
    {
        await world.StartAsync(1);
        FaultRecord fault = await InjectAsync(action, new NetworkFault(TimeSpan.FromMilliseconds(70), 3, TimeSpan.FromMinutes(7)));
        FakeMachine machine = world.Arm.Running.Single();
        string script = Assert.Single(machine.Scripts);
        Assert.All(["10.1.0.4", "10.1.0.5", "10.1.0.6"], broker => Assert.Contains(broker, script, StringComparison.Ordinal));
        Assert.Contains("--on-active=420", script, StringComparison.Ordinal);
        if (action == FaultAction.Degrade) Assert.Contains("netem delay 70ms loss 3%", script, StringComparison.Ordinal);

        fault = await DriveAsync(await Injector().HealAsync(AzureWorld.Run, fault, default));

        Assert.True(fault.IsOver);
        Assert.Equal(2, machine.Scripts.Count);
    }

    [Fact]
    public async Task A_machine_is_blocked_from_every_broker_by_a_rule_and_let_through_again()
    {
        await world.StartAsync(2);
        FaultRecord fault = await InjectAsync(FaultAction.Block, new NetworkFault(TimeSpan.Zero, 0, TimeSpan.FromMinutes(7)));
        FakeMachine struck = world.Arm.Running.Single(machine => fault.Target!.EndsWith(machine.Name, StringComparison.Ordinal));
        Assert.All(["10.1.0.4", "10.1.0.5", "10.1.0.6"], broker => Assert.True(world.Arm.IsBlocked(struck, broker)));
        Assert.Null(fault.HealedAt);

        fault = await DriveAsync(await Injector().HealAsync(AzureWorld.Run, fault, default));

        Assert.True(fault.IsOver);
        Assert.Null(fault.Trouble);
        Assert.Empty(world.Arm.Rules);
    }

    [Fact]
    public async Task Without_a_security_group_a_block_is_refused_with_the_remedy()
    {
        AzureWorld bare = new(AzureWorld.DefaultOptions with { SecurityGroupId = null });
        await bare.StartAsync(1);
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Injector(bare).InjectAsync(AzureWorld.Run, "f1", new FaultSpec(FaultAction.Block, FaultRole.Worker), "", default));
        Assert.Contains("infra/main.bicep", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_controller_that_dies_at_any_step_strikes_no_second_machine()
    {
        await world.StartAsync(5);
        FaultRecord aimed = await Injector().InjectAsync(AzureWorld.Run, "f1", new FaultSpec(FaultAction.PowerOff, FaultRole.Worker), "", default);
        Assert.Empty(Acts());
        await KeepAsync(aimed);
        FaultRecord begun = await Injector().PollAsync(AzureWorld.Run, aimed, default);
        // What it was told last is lost with the process, and the step is taken again.
        await DriveAsync(await Injector().PollAsync(AzureWorld.Run, aimed, default));
        Assert.Equal(aimed.Target, begun.Target);
        Assert.Single(world.Arm.Existing, machine => machine.IsPoweredOff);
    }

    [Fact]
    public async Task A_machine_that_went_before_it_was_struck_has_another_in_its_place()
    {
        await world.StartAsync(3);
        FaultRecord aimed = await Injector().InjectAsync(AzureWorld.Run, "f1", new FaultSpec(FaultAction.PowerOff, FaultRole.Worker), "", default);
        world.Arm.Evict(world.Arm.Running.Single(machine => aimed.Target!.EndsWith(machine.Name, StringComparison.Ordinal)));
        FaultRecord fault = await DriveAsync(aimed);
        Assert.NotEqual(aimed.Target, fault.Target);
        Assert.Null(fault.Trouble);
        Assert.Single(world.Arm.Existing, machine => machine.IsPoweredOff);
    }

    [Fact]
    public async Task Two_faults_never_strike_one_machine()
    {
        await world.StartAsync(2);
        FaultRecord[] faults = [await InjectAsync(FaultAction.PowerOff, id: "f1"), await InjectAsync(FaultAction.PowerOff, id: "f2")];
        Assert.NotEqual(faults[0].Target, faults[1].Target);
        InvalidOperationException none = await Assert.ThrowsAsync<InvalidOperationException>(() => InjectAsync(FaultAction.PowerOff, id: "f3"));
        Assert.Contains("no worker is left to strike", none.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_being_brought_about_when_all_is_to_be_healed_is_healed(bool begun)
    {
        await world.StartAsync(3);
        FaultRecord fault = await Injector().InjectAsync(AzureWorld.Run, "f1", new FaultSpec(FaultAction.PowerOff, FaultRole.Worker), "", default);
        if (begun) fault = await Injector().PollAsync(AzureWorld.Run, fault, default);
        for (int i = 0; !fault.IsOver; i++)
        {
            Assert.InRange(i, 0, 50);
            fault = await Injector().HealAsync(AzureWorld.Run, fault, default);
            world.Clock.Advance(fault.PollAfter ?? TimeSpan.Zero);
        }
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.DoesNotContain(world.Arm.Existing, machine => machine.IsPoweredOff);
        Assert.Equal(begun ? 2 : 0, Acts().Count());
    }

    [Fact]
    public async Task What_the_platform_refuses_is_told_and_needs_no_healing()
    {
        await world.StartAsync(1);
        world.Arm.Sets[0].Model["properties"]!["virtualMachineProfile"]!["priority"] = "Regular";
        FaultRecord fault = await InjectAsync(FaultAction.Evict);
        Assert.Contains("OperationNotAllowed", fault.Trouble, StringComparison.Ordinal);
        Assert.True(fault.IsOver);
    }

    /// <summary>Each time another process.</summary>
    private MachineFaultInjector Injector() => Injector(world);

    private MachineFaultInjector Injector(AzureWorld of) => new(
        new VmFaults(of.Arm.Access(), of.Clock, NullLogger<VmFaults>.Instance), of.Claims, of.Arm.Access(), of.Options, runs,
        new ClusterAccess(new ClusterProviders([new ExistingClusterProvider()]), ScenarioCatalog.BuiltIn), new ThreeBrokers(), of.Clock);

    private async Task<FaultRecord> InjectAsync(FaultAction action, NetworkFault? network = null, string id = "f1") => await DriveAsync(
        await Injector().InjectAsync(AzureWorld.Run, id, new FaultSpec(action, FaultRole.Worker, Network: network), "", default));

    private async Task<FaultRecord> DriveAsync(FaultRecord fault)
    {
        for (int i = 0; fault.PollAfter is { } after; i++)
        {
            Assert.InRange(i, 0, 50);
            await KeepAsync(fault);
            world.Clock.Advance(after);
            fault = await Injector().PollAsync(AzureWorld.Run, fault, default);
        }
        await KeepAsync(fault);
        return fault;
    }

    private Task<RunRecord> KeepAsync(FaultRecord fault) => runs.UpdateAsync(AzureWorld.Run, run => run.With(fault), default);

    private IEnumerable<FakeCall> Acts() => world.Arm.Calls.Where(call => call.Policy is ComputePolicy.UpdateMachine or ComputePolicy.DeleteMachine);
}
