using Marathon.Azure.Tests.Fakes;
using Marathon.Controller.Fleets;

namespace Marathon.Azure.Tests.Fleets;

public sealed class CapacityTests
{
    private const string First = "Standard_D2as_v5", Second = "Standard_D2s_v5";

    [Theory]
    [InlineData("AllocationFailed")]
    [InlineData("OverconstrainedAllocationRequest")]
    [InlineData("ZonalAllocationFailed")]
    public async Task What_does_not_fit_in_one_zone_goes_to_the_next_and_broken_machines_are_removed(string code)
    {
        AzureWorld world = new();
        world.Arm.AllocationError = code;
        world.Arm.Room[(First, "1", true)] = 70;
        Assert.Equal(FleetOperationState.Succeeded, (await world.StartAsync(100)).State);
        Assert.Equal(100, world.Arm.Running.Count);
        Assert.Equal(100, world.Arm.Existing.Count);
        Assert.Equal([70, 30], world.Arm.Sets.Select(set => set.Capacity));
        Assert.Equal("2", world.Arm.Sets[1].Zone);
        await world.ReleaseAsync();
        Assert.Equal("", await world.RemainsAsync());
    }

    [Fact]
    public async Task A_size_that_is_not_offered_is_passed_over_without_a_set()
    {
        AzureWorld world = new();
        world.Arm.Refuse = (size, _, _, _) => size == First ? ("SkuNotAvailable", "not in this location") : null;
        Assert.Equal(FleetOperationState.Succeeded, (await world.StartAsync(10)).State);
        Assert.Equal(Second, world.Arm.Sets.Single().Size);
    }

    [Fact]
    public async Task A_sold_out_size_is_not_tried_again_by_the_next_run_until_ten_minutes_have_passed()
    {
        AzureWorld world = new();
        world.Arm.Refuse = (size, zone, _, _) => size == First ? ("SkuNotAvailable", "not in this location") : null;
        await world.StartAsync(2);
        int puts = Puts();
        await world.DriveAsync(await world.Provider.StartAsync(AzureWorld.Start(2) with { RunId = "another-run" }, default));
        Assert.Equal(1, Puts() - puts);
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        world.Arm.Refuse = (_, _, _, _) => null;
        await world.DriveAsync(await world.Provider.StartAsync(AzureWorld.Start(2) with { RunId = "a-third-run" }, default));
        Assert.Equal(First, world.Arm.Sets[^1].Size);

        int Puts() => world.Arm.Calls.Count(call => call.Policy == ComputePolicy.PutSet);
    }

    [Fact]
    public async Task Without_spot_quota_the_fleet_goes_straight_to_regular_priority_where_that_is_allowed()
    {
        AzureWorld world = new(AzureWorld.DefaultOptions with { RegularPriorityFallback = true });
        world.Arm.Refuse = (_, _, spot, more) => spot ? ("OperationNotAllowed", SpotQuota(more * 2)) : null;
        Assert.Equal(FleetOperationState.Succeeded, (await world.StartAsync(10)).State);
        FakeScaleSet set = Assert.Single(world.Arm.Sets);
        Assert.False(set.IsSpot);
        // One quota covers every spot size in every zone: only one was asked.
        Assert.Equal(2, world.Arm.Calls.Count(call => call.Policy == ComputePolicy.PutSet));
    }

    [Fact]
    public async Task When_nothing_is_left_the_failure_names_the_quota_its_numbers_and_the_remedies()
    {
        AzureWorld world = new();
        world.Arm.Refuse = (_, _, _, more) => ("OperationNotAllowed", SpotQuota(more * 2));
        FleetOperation failed = await world.StartAsync(300);
        Assert.Equal(FleetOperationState.Failed, failed.State);
        Assert.Contains("300 machines more are not to be had in westeurope", failed.Detail, StringComparison.Ordinal);
        Assert.Contains("Raise the quota 'LowPriorityCores' of westeurope (limit 100, in use 96, at least 696 needed)", failed.Detail, StringComparison.Ordinal);
        Assert.Contains("allow regular priority", failed.Detail, StringComparison.Ordinal);
        Assert.Empty(world.Arm.Sets);
    }

    [Fact]
    public async Task A_family_quota_covers_the_zones_of_a_size_but_not_another_size()
    {
        AzureWorld world = new(AzureWorld.DefaultOptions with { RegularPriorityFallback = true });
        world.Arm.Refuse = (size, _, spot, _) => (size, spot) switch
        {
            (_, true) => ("OperationNotAllowed", SpotQuota(4)),
            (First, false) => ("QuotaExceeded", "Operation could not be completed as it results in exceeding approved standardDASv5Family Cores quota. Current Limit: 10, Current Usage: 10"),
            _ => null,
        };
        Assert.Equal(FleetOperationState.Succeeded, (await world.StartAsync(10)).State);
        Assert.Equal((Second, false), (world.Arm.Sets.Single().Size, world.Arm.Sets.Single().IsSpot));
        Assert.Equal(3, world.Arm.Calls.Count(call => call.Policy == ComputePolicy.PutSet));
    }

    [Fact]
    public async Task Machines_that_are_lost_while_the_size_is_sold_out_are_replaced_by_the_next()
    {
        AzureWorld world = new();
        await world.StartAsync(50);
        world.Arm.Room[(First, "1", true)] = 40;
        FakeMachine[] evicted = [.. world.Arm.Running.Take(10)];
        HashSet<string> names = [.. evicted.Select(machine => machine.Name)];
        Array.ForEach(evicted, world.Arm.Evict);
        var lost = (await world.Claims.ListAsync(AzureWorld.Run, default)).Where(life => names.Contains(life.Machine!)).Select(life => life.Of with { Epoch = 2 });
        Assert.Equal(FleetOperationState.Succeeded, (await world.StartAsync(50, lost)).State);
        Assert.Equal(50, world.Arm.Running.Count);
        Assert.Equal(50, world.Arm.Existing.Count);
        Assert.Equal([40, 10], world.Arm.Sets.Select(set => set.Capacity));
    }

    [Fact]
    public async Task More_than_a_set_holds_goes_into_another()
    {
        AzureWorld world = new();
        Assert.Equal(FleetOperationState.Succeeded, (await world.StartAsync(1100)).State);
        Assert.Equal([1000, 100], world.Arm.Sets.Select(set => set.Capacity));
    }

    [Fact]
    public async Task A_failure_that_is_none_of_capacity_ends_after_a_few_tries_with_its_reason()
    {
        AzureWorld world = new();
        world.Arm.AllocationError = "OSProvisioningTimedOut";
        world.Arm.Room[(First, "1", true)] = 5;
        FleetOperation failed = await world.StartAsync(10);
        Assert.Equal(FleetOperationState.Failed, failed.State);
        Assert.Contains("one or more machines failed", failed.Detail, StringComparison.Ordinal);
        await world.ReleaseAsync();
        Assert.Equal("", await world.RemainsAsync());
    }

    [Theory]
    [InlineData("sizes", "Standard_B2s")]
    [InlineData("sizes", "2 cores please")]
    public void Options_that_cannot_work_are_refused_with_the_remedy(string field, string size)
    {
        ArgumentException problem = Assert.Throws<ArgumentException>(() => new AzureWorld(AzureWorld.DefaultOptions with { Sizes = [size] }));
        Assert.Contains(field, problem.Message, StringComparison.Ordinal);
        Assert.Contains(size, problem.Message, StringComparison.Ordinal);
    }

    private static string SpotQuota(int more) =>
        "Operation could not be completed as it results in exceeding approved LowPriorityCores quota. Additional details - Deployment Model: " +
        $"Resource Manager, Location: westeurope, Current Limit: 100, Current Usage: 96, Additional Required: {more}, (Minimum) New Limit Required: {96 + more}.";
}
