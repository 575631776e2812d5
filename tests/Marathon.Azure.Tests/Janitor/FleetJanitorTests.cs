using Marathon.Azure.Janitor;
using Marathon.Azure.Tests.Fakes;
using Marathon.Controller.Fleets;

namespace Marathon.Azure.Tests.Janitor;

public sealed class FleetJanitorTests
{
    private readonly AzureWorld world = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_process_that_dies_at_any_step_leaves_nothing_that_the_janitor_does_not_remove(bool afterEffect)
    {
        int steps = await LiveAsync(new AzureWorld());
        Assert.InRange(steps, 20, 300);
        for (int step = 1; step <= steps; step++)
        {
            AzureWorld dying = new();
            dying.Death.Plan(step, afterEffect);
            await Assert.ThrowsAsync<ProcessDiedException>(() => LiveAsync(dying));
            dying.Death.Never();
            await CleanAsync(dying);
            Assert.True((await dying.RemainsAsync()).Length == 0, $"died {(afterEffect ? "after" : "before")} step {step} of {steps}: {await dying.RemainsAsync()}");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_process_that_dies_at_any_step_is_continued_by_the_next(bool afterEffect)
    {
        AzureWorld counted = new();
        await counted.StartAsync(12);
        int steps = counted.Death.Steps;
        for (int step = 1; step <= steps; step++)
        {
            AzureWorld dying = new();
            dying.Death.Plan(step, afterEffect);
            await Assert.ThrowsAsync<ProcessDiedException>(() => dying.StartAsync(12));
            dying.Death.Never();
            dying.NewProcess();
            Assert.Equal(FleetOperationState.Succeeded, (await dying.StartAsync(12)).State);
            Assert.True(dying.Arm.Existing.Count == 12, $"died {(afterEffect ? "after" : "before")} step {step}: {dying.Arm.Existing.Count} machines");
        }
    }

    [Fact]
    public async Task What_a_live_run_has_is_left_alone()
    {
        await world.StartAsync(5);
        Assert.Empty(await FindAsync(AzureWorld.Run));
        world.Arm.AddStray(world.Arm.Sets[0].Name + "9_0000abcd");
        Assert.Empty(await FindAsync(AzureWorld.Run));
    }

    [Fact]
    public async Task What_is_past_its_expiry_goes_although_its_run_lives()
    {
        await world.StartAsync(5);
        world.Clock.Advance(world.Options.Lifetime + TimeSpan.FromMinutes(1));
        Leftover set = Assert.Single(await FindAsync(AzureWorld.Run));
        Assert.Equal(LeftoverKind.ScaleSet, set.Kind);
        Assert.Contains("expired", set.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machines_and_their_parts_are_found_when_their_set_is_gone()
    {
        world.Arm.AddStray("mw-old-run-0_0000abcd");
        world.Arm.Parts.Add(("Microsoft.Compute/disks", "mw-old-run-0_0000abce_disk1"));
        world.Arm.Parts.Add(("Microsoft.Network/networkInterfaces", "mw-old-run-0_0000abce-nic"));
        world.Arm.Parts.Add(("Microsoft.Compute/disks", "somebody-elses_disk"));
        Assert.Equal([LeftoverKind.Machine, LeftoverKind.Part, LeftoverKind.Part], (await FindAsync()).Select(leftover => leftover.Kind));
        await CleanAsync(world);
        Assert.Equal("somebody-elses_disk", await world.RemainsAsync());
    }

    [Fact]
    public async Task A_token_that_was_just_stored_is_left_alone_for_its_run_is_recorded_after_it()
    {
        await world.Secrets.PutAsync("controller-new-run", "token", DateTimeOffset.MaxValue, default);
        Assert.Empty(await FindAsync());
        world.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("controller-new-run", Assert.Single(await FindAsync()).Name);
    }

    [Fact]
    public async Task A_set_without_our_tags_is_nobodys_business()
    {
        await world.StartAsync(1);
        world.Arm.Sets[0].Model["tags"]!.AsObject().Clear();
        Assert.DoesNotContain(await FindAsync(), leftover => leftover.Kind == LeftoverKind.ScaleSet);
    }

    [Fact]
    public async Task Which_runs_live_is_asked_after_Azure_was_read()
    {
        bool read = false;
        await world.Janitor().FindAsync(
            _ =>
            {
                read = world.Arm.Calls.Count > 0;
                return Task.FromResult<IReadOnlySet<string>>(new HashSet<string>());
            },
            default);
        Assert.True(read);
    }

    private Task<IReadOnlyList<Leftover>> FindAsync(params string[] live) => FindAsync(world, live);

    private static Task<IReadOnlyList<Leftover>> FindAsync(AzureWorld world, params string[] live) =>
        world.Janitor().FindAsync(_ => Task.FromResult<IReadOnlySet<string>>(new HashSet<string>(live)), default);

    /// <summary>The life of a fleet, with all that can happen to it.</summary>
    private static async Task<int> LiveAsync(AzureWorld world)
    {
        world.Arm.Room[("Standard_D2as_v5", "1", true)] = 8;
        await world.StartAsync(12);
        FakeMachine evicted = world.Arm.Running[0];
        world.Arm.Evict(evicted);
        WorkerLife life = (await world.Claims.ListAsync(AzureWorld.Run, default)).Single(candidate => candidate.Machine == evicted.Name).Of;
        await world.StartAsync(12, [life with { Epoch = 2 }]);
        await world.Provider.KillAsync(AzureWorld.Run, [.. AzureWorld.Lives(9, 3)], default);
        await world.ReleaseAsync();
        Assert.Equal("", await world.RemainsAsync());
        return world.Death.Steps;
    }

    private static async Task CleanAsync(AzureWorld world)
    {
        for (int round = 0; round < 4; round++)
        {
            foreach (Leftover leftover in await FindAsync(world))
                await world.Janitor().RemoveAsync(leftover, default);
            world.Clock.Advance(TimeSpan.FromMinutes(2));
            world.Arm.Settle();
        }
    }
}
