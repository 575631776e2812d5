using System.Text.Json;
using Marathon.Azure.Faults;
using Marathon.Azure.Janitor;
using Marathon.Azure.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Azure.Tests.Faults;

/// <summary>Machines that a rule of their security group cuts off from the brokers.</summary>
public sealed class BlockedMachineTests
{
    private const string Broker = "10.1.0.4", OtherBroker = "10.1.0.5";
    private readonly AzureWorld world = new();

    [Fact]
    public async Task One_machine_is_cut_off_from_its_peers_alone_and_reaches_them_again()
    {
        (VmFault fault, FakeMachine machine) = await MachineAsync(of: 2);
        Assert.Equal(VmFaultState.Succeeded, (await DriveAsync(await Faults().InjectAsync("f1", fault, default))).State);
        Assert.True(world.Arm.IsBlocked(machine, Broker));
        Assert.True(world.Arm.IsBlocked(machine, OtherBroker));
        Assert.False(world.Arm.IsBlocked(machine, "10.20.0.4"));
        Assert.False(world.Arm.IsBlocked(world.Arm.Running.Single(other => other != machine), Broker));
        Assert.Empty(machine.Scripts);

        Assert.Equal(VmFaultState.Succeeded, (await DriveAsync(await Faults().HealAsync("f1", fault, default))).State);
        Assert.Empty(world.Arm.Rules);
        Assert.Empty(world.Arm.Throttled);
    }

    [Fact]
    public async Task It_has_taken_effect_when_the_rule_is_in_force_and_not_before()
    {
        (VmFault fault, FakeMachine machine) = await MachineAsync();
        world.Arm.StateOfRules = "Updating";
        VmFaultOperation operation = await Faults().InjectAsync("f1", fault, default);
        for (int poll = 0; poll < 20; poll++)
        {
            Assert.Equal(VmFaultState.Running, operation.State);
            world.Clock.Advance(operation.PollAfter);
            operation = await Faults().PollAsync(operation, default);
        }
        Assert.Contains("not in force yet", operation.Detail, StringComparison.Ordinal);
        Assert.Single(world.Arm.Rules).Value["properties"]!["provisioningState"] = "Succeeded";
        Assert.Equal(VmFaultState.Succeeded, (await DriveAsync(operation)).State);
        Assert.True(world.Arm.IsBlocked(machine, Broker));
    }

    [Fact]
    public async Task Brought_about_twice_it_is_one_rule_and_healed_twice_it_is_healed()
    {
        (VmFault fault, _) = await MachineAsync();
        VmFaultOperation lost = await Faults().InjectAsync("f1", fault, default);
        Assert.Equal(VmFaultState.Running, lost.State);
        await DriveAsync(await Faults().InjectAsync("f1", fault, default));
        Assert.Single(world.Arm.Rules);
        for (int i = 0; i < 2; i++) Assert.Equal(VmFaultState.Succeeded, (await DriveAsync(await Faults().HealAsync("f1", fault, default))).State);
        Assert.Empty(world.Arm.Rules);
    }

    [Fact]
    public async Task Two_at_once_wait_for_each_other_and_take_a_priority_each()
    {
        (VmFault fault, FakeMachine machine) = await MachineAsync(of: 2);
        FakeMachine second = world.Arm.Running.Single(other => other != machine);
        VmFaultOperation[] begun = [await Faults().InjectAsync("f1", fault, default), await Faults().InjectAsync("f2", fault with { Machine = IdOf(second) }, default)];
        Assert.Contains("AnotherOperationInProgress", begun[1].Detail, StringComparison.Ordinal);
        foreach (VmFaultOperation operation in begun) Assert.Equal(VmFaultState.Succeeded, (await DriveAsync(operation)).State);
        Assert.True(world.Arm.IsBlocked(machine, Broker) && world.Arm.IsBlocked(second, Broker));
        Assert.Equal([100, 101], world.Arm.Rules.Values.Select(rule => (int)rule["properties"]!["priority"]!).Order());
    }

    [Theory]
    [InlineData(429, "TooManyRequests")]
    [InlineData(409, "AnotherOperationInProgress")]
    [InlineData(400, "SecurityRuleConflict")]
    public async Task What_is_refused_for_now_is_tried_again_when_the_server_says(int status, string code)
    {
        (VmFault fault, FakeMachine machine) = await MachineAsync();
        world.Arm.RefuseNext(status, code, retryAfter: 33);
        VmFaultOperation begun = await Faults().InjectAsync("f1", fault, default);
        Assert.Equal((VmFaultState.Running, TimeSpan.FromSeconds(33)), (begun.State, begun.PollAfter));
        Assert.Equal(VmFaultState.Succeeded, (await DriveAsync(begun)).State);
        Assert.True(world.Arm.IsBlocked(machine, Broker));
    }

    [Fact]
    public async Task A_rule_that_would_cut_off_nobody_is_not_put()
    {
        (VmFault fault, _) = await MachineAsync();
        world.Arm.FlushesConnections = false;
        Assert.Contains("flushConnection", await FailAsync(fault), StringComparison.Ordinal);
        (world.Arm.FlushesConnections, world.Arm.HasSecurityGroup) = (true, false);
        Assert.Contains("no security group", await FailAsync(fault), StringComparison.Ordinal);
        world.Arm.HasSecurityGroup = true;
        world.Arm.Sets[0].Model["properties"]!["virtualMachineProfile"]!["networkProfile"]!["networkInterfaceConfigurations"]![0]!["properties"]!.AsObject().Remove("networkSecurityGroup");
        Assert.Contains("made without the security group", await FailAsync(fault), StringComparison.Ordinal);
        Assert.DoesNotContain(world.Arm.Calls, call => call.Policy == ComputePolicy.NetworkWrite);
    }

    [Fact]
    public async Task A_rule_that_the_platform_could_not_apply_is_no_success()
    {
        (VmFault fault, _) = await MachineAsync();
        world.Arm.StateOfRules = "Failed";
        VmFaultOperation failed = await DriveAsync(await Faults().InjectAsync("f1", fault, default));
        Assert.Equal(VmFaultState.Failed, failed.State);
        Assert.Contains("could not apply", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rule_of_a_machine_that_is_gone_is_removed()
    {
        (VmFault fault, FakeMachine machine) = await MachineAsync();
        await DriveAsync(await Faults().InjectAsync("f1", fault, default));
        world.Arm.Evict(machine);
        Assert.Equal(VmFaultState.Succeeded, (await DriveAsync(await Faults().HealAsync("f1", fault, default))).State);
        Assert.Empty(world.Arm.Rules);
        Assert.Equal(VmFaultState.Gone, (await Faults().InjectAsync("f2", fault, default)).State);
    }

    [Fact]
    public async Task What_nobody_heals_in_time_the_janitor_heals_and_nothing_else()
    {
        (VmFault fault, _) = await MachineAsync();
        await DriveAsync(await Faults().InjectAsync("f1", fault, default));
        string ours = Assert.Single(world.Arm.Rules.Keys);
        await DriveAsync(await Faults().InjectAsync("f2", fault with { AtMost = TimeSpan.FromHours(2) }, default));
        Assert.Empty(await RulesAsync());

        world.Clock.Advance(fault.AtMost);
        Leftover leftover = Assert.Single(await RulesAsync());
        Assert.EndsWith(ours, leftover.Name, StringComparison.Ordinal);
        await world.Janitor().RemoveAsync(leftover, default);
        world.Clock.Advance(world.Arm.OperationTime);
        Assert.NotEqual(ours, Assert.Single(world.Arm.Rules).Key);
    }

    [Fact]
    public async Task Without_peers_nothing_is_blocked()
    {
        (VmFault fault, _) = await MachineAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => Faults().InjectAsync("f1", fault with { Peers = [] }, default));
    }

    /// <summary>Each time another process.</summary>
    private VmFaults Faults() => new(world.Arm.Access(), world.Clock, NullLogger<VmFaults>.Instance);

    private async Task<(VmFault Fault, FakeMachine Machine)> MachineAsync(int of = 1)
    {
        await world.StartAsync(of);
        FakeMachine machine = world.Arm.Running[0];
        return (new VmFault(IdOf(machine), VmFaultKind.Block) { Peers = [Broker, OtherBroker], SecurityGroup = FakeArm.SecurityGroup }, machine);
    }

    private static string IdOf(FakeMachine machine) =>
        $"/subscriptions/{FakeArm.Subscription}/resourceGroups/{FakeArm.Group}/providers/Microsoft.Compute/virtualMachines/{machine.Name}";

    private async Task<string> FailAsync(VmFault fault)
    {
        VmFaultOperation failed = await Faults().InjectAsync("f1", fault, default);
        Assert.Equal(VmFaultState.Failed, failed.State);
        return failed.Detail!;
    }

    private async Task<IEnumerable<Leftover>> RulesAsync() =>
        (await world.Janitor().FindAsync(_ => Task.FromResult<IReadOnlySet<string>>(new HashSet<string> { AzureWorld.Run }), default)).Where(leftover => leftover.Kind == LeftoverKind.Rule);

    private async Task<VmFaultOperation> DriveAsync(VmFaultOperation operation)
    {
        for (int poll = 0; operation.State == VmFaultState.Running; poll++)
        {
            Assert.True(poll < 50, operation.Detail);
            world.Clock.Advance(operation.PollAfter);
            operation = await Faults().PollAsync(JsonSerializer.Deserialize<VmFaultOperation>(JsonSerializer.Serialize(operation))!, default);
        }
        return operation;
    }
}
