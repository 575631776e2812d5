using Marathon.Azure.Tests.Fakes;
using Marathon.Controller.Fleets;

namespace Marathon.Azure.Tests.Costs;

public sealed class FleetBillTests
{
    private readonly AzureWorld world = new();

    [Fact]
    public async Task A_fleet_costs_what_its_machines_lived_evicted_ones_included()
    {
        await world.StartAsync(10);
        await world.BootAsync();
        DateTimeOffset asked = (await world.Claims.ListAsync(AzureWorld.Run, default))[0].OfferedAt;
        Until(asked.AddHours(2));
        FakeMachine evicted = world.Arm.Running[0];
        world.Arm.Evict(evicted);
        WorkerLife life = (await world.Claims.ListAsync(AzureWorld.Run, default)).Single(candidate => candidate.Machine == evicted.Name).Of;
        await world.StartAsync(10, [life with { Epoch = 2 }]);
        await world.BootAsync();
        Until(asked.AddHours(3));

        FleetCost cost = (await world.Provider.CostAsync(AzureWorld.Run, default))!;

        // Nine machines for three hours; one for two, and the one that took its place for the third.
        Assert.Equal(30, cost.MachineHours, 3);
        Assert.Equal(30 * FakePrices.Spot, cost.Dollars, 3);
        Assert.Equal(30 * FakePrices.Regular, cost.DollarsAtRegularPrice!.Value, 3);
        Assert.Equal(0, cost.HoursWithoutPrice);
    }

    [Fact]
    public async Task A_regular_share_is_paid_at_the_regular_price()
    {
        AzureWorld mixed = new(AzureWorld.DefaultOptions with { BaseRegularPriorityCount = 2, RegularPriorityPercentageAboveBase = 25 });
        await mixed.StartAsync(10);
        await mixed.BootAsync();
        FleetCost cost = (await mixed.Provider.CostAsync(AzureWorld.Run, default))!;
        decimal hours = (decimal)cost.MachineHours / 10;
        Assert.Equal(hours * ((4 * FakePrices.Regular) + (6 * FakePrices.Spot)), cost.Dollars, 6);
    }

    [Theory]
    [InlineData(typeof(HttpRequestException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task A_price_list_that_does_not_answer_leaves_the_hours_without_a_price(Type failure)
    {
        await world.StartAsync(2);
        await world.BootAsync();
        world.Prices.Failure = (Exception)Activator.CreateInstance(failure)!;
        FleetCost cost = (await world.Provider.CostAsync(AzureWorld.Run, default))!;
        Assert.Equal((0m, cost.MachineHours, null), (cost.Dollars, cost.HoursWithoutPrice, cost.DollarsAtRegularPrice));
        Assert.True(cost.MachineHours > 0, $"{cost}");
    }

    [Fact]
    public async Task A_fleet_that_never_came_or_is_released_has_no_cost()
    {
        Assert.Null(await world.Provider.CostAsync(AzureWorld.Run, default));
        await world.StartAsync(2);
        await world.BootAsync();
        await world.ReleaseAsync();
        Assert.Null(await world.Provider.CostAsync(AzureWorld.Run, default));
    }

    private void Until(DateTimeOffset time) => world.Clock.Advance(time - world.Clock.GetUtcNow());
}
