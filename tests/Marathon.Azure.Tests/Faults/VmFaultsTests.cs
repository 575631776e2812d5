using System.Text.Json;
using Marathon.Azure.Faults;
using Marathon.Azure.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Azure.Tests.Faults;

public sealed class VmFaultsTests
{
    private readonly AzureWorld world = new();

    [Fact]
    public async Task Power_off_takes_effect_and_heals()
    {
        (VmFaults faults, FakeMachine machine, string id) = await MachineAsync();
        VmFault fault = new(id, VmFaultKind.PowerOff);
        Assert.Equal(VmFaultState.Succeeded, (await DriveAsync(faults, await faults.InjectAsync("f1", fault, default))).State);
        Assert.True(machine.IsPoweredOff);
        Assert.Equal(VmFaultState.Succeeded, (await DriveAsync(faults, await faults.HealAsync("f1", fault, default))).State);
        Assert.False(machine.IsPoweredOff);
        Assert.Contains(world.Arm.Calls, call => call.Policy == ComputePolicy.UpdateMachine);
    }

    [Theory]
    [InlineData(VmFaultKind.Restart)]
    [InlineData(VmFaultKind.Redeploy)]
    public async Task What_heals_itself_is_healed_without_a_call(VmFaultKind kind)
    {
        (VmFaults faults, _, string id) = await MachineAsync();
        VmFault fault = new(id, kind);
        VmFaultOperation begun = await faults.InjectAsync("f1", fault, default);
        Assert.Equal(VmFaultState.Running, begun.State);
        Assert.Equal(VmFaultState.Succeeded, (await DriveAsync(faults, begun)).State);
        int calls = world.Arm.Calls.Count;
        Assert.Equal(VmFaultState.Succeeded, (await faults.HealAsync("f1", fault, default)).State);
        Assert.Equal(calls, world.Arm.Calls.Count);
    }

    [Fact]
    public async Task A_simulated_eviction_takes_the_machine_after_its_notice()
    {
        (VmFaults faults, FakeMachine machine, string id) = await MachineAsync();
        VmFault fault = new(id, VmFaultKind.SimulateEviction);
        Assert.Equal(VmFaultState.Succeeded, (await faults.InjectAsync("f1", fault, default)).State);
        Assert.Contains(machine, world.Arm.Running);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.DoesNotContain(machine, world.Arm.Running);
        Assert.Equal(VmFaultState.Succeeded, (await faults.HealAsync("f1", fault, default)).State);
    }

    [Fact]
    public async Task A_network_fault_runs_one_script_and_its_healing_another()
    {
        (VmFaults faults, FakeMachine machine, string id) = await MachineAsync();
        VmFault fault = new(id, VmFaultKind.Partition) { Peers = ["10.0.0.4", "10.0.2.0/24"] };
        await DriveAsync(faults, await faults.InjectAsync("f1", fault, default));
        await DriveAsync(faults, await faults.HealAsync("f1", fault, default));
        Assert.Equal([NetworkScript.Inject("f1", fault), NetworkScript.Heal("f1", fault)], machine.Scripts);
    }

    [Fact]
    public async Task Healing_a_machine_that_is_gone_is_done()
    {
        (VmFaults faults, FakeMachine machine, string id) = await MachineAsync();
        world.Arm.Evict(machine);
        Assert.Equal(VmFaultState.Succeeded, (await faults.HealAsync("f1", new VmFault(id, VmFaultKind.PowerOff), default)).State);
        Assert.Equal(VmFaultState.Gone, (await faults.InjectAsync("f1", new VmFault(id, VmFaultKind.PowerOff), default)).State);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(409)]
    [InlineData(503)]
    public async Task A_fault_that_is_refused_for_now_is_begun_again_at_the_time_that_the_server_says(int status)
    {
        (VmFaults faults, FakeMachine machine, string id) = await MachineAsync();
        world.Arm.RefuseNext(status, "Busy", retryAfter: 33);
        VmFaultOperation begun = await faults.InjectAsync("f1", new VmFault(id, VmFaultKind.PowerOff), default);
        Assert.Equal((VmFaultState.Running, TimeSpan.FromSeconds(33)), (begun.State, begun.PollAfter));
        Assert.Equal(VmFaultState.Succeeded, (await DriveAsync(faults, begun)).State);
        Assert.True(machine.IsPoweredOff);
    }

    [Fact]
    public async Task Evicting_a_machine_of_regular_priority_fails_with_its_reason()
    {
        (VmFaults faults, FakeMachine machine, string id) = await MachineAsync();
        machine.Set!.Model["properties"]!["virtualMachineProfile"]!["priority"] = "Regular";
        VmFaultOperation failed = await faults.InjectAsync("f1", new VmFault(id, VmFaultKind.SimulateEviction), default);
        Assert.Equal(VmFaultState.Failed, failed.State);
        Assert.Contains("OperationNotAllowed", failed.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("vm-1")]
    [InlineData("/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.Compute/disks/d")]
    public async Task What_is_no_machine_is_refused(string id) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Faults().InjectAsync("f1", new VmFault(id, VmFaultKind.Restart), default));

    private VmFaults Faults() => new(world.Arm.Access(), world.Clock, NullLogger<VmFaults>.Instance);

    private async Task<(VmFaults Faults, FakeMachine Machine, string Id)> MachineAsync()
    {
        await world.StartAsync(1);
        FakeMachine machine = world.Arm.Running.Single();
        return (Faults(), machine, $"/subscriptions/{FakeArm.Subscription}/resourceGroups/{FakeArm.Group}/providers/Microsoft.Compute/virtualMachines/{machine.Name}");
    }

    private async Task<VmFaultOperation> DriveAsync(VmFaults faults, VmFaultOperation operation)
    {
        for (int poll = 0; operation.State == VmFaultState.Running; poll++)
        {
            Assert.True(poll < 50, operation.Detail);
            world.Clock.Advance(operation.PollAfter);
            operation = await faults.PollAsync(JsonSerializer.Deserialize<VmFaultOperation>(JsonSerializer.Serialize(operation))!, default);
        }
        return operation;
    }
}
