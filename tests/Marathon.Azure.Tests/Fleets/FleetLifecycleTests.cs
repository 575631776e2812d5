using Marathon.Azure.Tests.Fakes;
using Marathon.Controller.Fleets;

namespace Marathon.Azure.Tests.Fleets;

public sealed class FleetLifecycleTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private readonly AzureWorld world = new();

    [Fact]
    public async Task A_fleet_of_a_thousand_survives_evictions_scales_and_goes_within_the_documented_limits()
    {
        world.Arm.ListLag = TimeSpan.FromSeconds(40);
        FleetOperation created = await world.StartAsync(1000);
        Assert.Equal(FleetOperationState.Succeeded, created.State);
        Assert.Equal(1000, world.Arm.Running.Count);
        await world.BootAsync();
        Assert.Equal(1000, await AliveAsync());

        FakeMachine[] evicted = [.. world.Arm.Running.Take(100)];
        HashSet<string> names = [.. evicted.Select(machine => machine.Name)];
        Array.ForEach(evicted, world.Arm.Evict);
        WorkerLife[] lost = [.. (await world.Claims.ListAsync(AzureWorld.Run, default)).Where(life => names.Contains(life.Machine!)).Select(life => life.Of)];
        // Twenty supervisors of fifty workers each notice on their own.
        FleetOperation[] replacements = await Task.WhenAll(lost.Chunk(5).Select(cell =>
            world.Provider.StartAsync(AzureWorld.Start(1000, cell.Select(life => life with { Epoch = 2 })), default)));
        foreach (FleetOperation replacement in replacements)
            Assert.Equal(FleetOperationState.Succeeded, (await world.DriveAsync(replacement)).State);
        await world.BootAsync();
        Assert.Equal(1000, world.Arm.Running.Count);
        Assert.Equal(1000, await AliveAsync());

        await world.Provider.KillAsync(AzureWorld.Run, [.. (await LivingAsync()).Take(400).Select(worker => new WorkerLife(worker.Worker, worker.Epoch))], default);
        await PassAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(600, world.Arm.Running.Count);
        Assert.Equal(FleetOperationState.Succeeded, (await world.StartAsync(800, AzureWorld.Lives(1000, 200))).State);
        Assert.Equal(800, world.Arm.Running.Count);

        Assert.Equal(FleetOperationState.Succeeded, (await world.ReleaseAsync()).State);
        Assert.Equal("", await world.RemainsAsync());
        Assert.Empty(world.Arm.Throttled);
        string calls = string.Join(", ", world.Arm.Calls.GroupBy(call => call.Policy).Select(group => $"{group.Key} {group.Count()}"));
        output.WriteLine(calls);
        Assert.True(world.Arm.Calls.Count(call => call.Method != "GET") <= 12, calls);
    }

    [Fact]
    public async Task Machines_are_listed_at_most_once_in_fifteen_seconds_however_many_ask()
    {
        await world.StartAsync(10);
        int before = Lists();
        for (int second = 0; second < 60; second++)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.Provider.ListAsync(AzureWorld.Run, default)));
            world.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.InRange(Lists() - before, 1, 5);

        int Lists() => world.Arm.Calls.Count(call => call.Policy == ComputePolicy.ListOfSet);
    }

    [Fact]
    public async Task StartAsync_again_makes_nothing_twice()
    {
        await world.StartAsync(20);
        world.NewProcess();
        await world.StartAsync(20);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => world.Provider.StartAsync(AzureWorld.Start(20), default)));
        Assert.Equal(20, world.Arm.Running.Count);
        Assert.Single(world.Arm.Calls, call => call.Method is "PUT" or "PATCH");
    }

    [Fact]
    public async Task StartAsync_while_another_process_creates_the_set_waits_for_it()
    {
        await world.Provider.StartAsync(AzureWorld.Start(20), default);
        world.NewProcess();
        FleetOperation second = await world.Provider.StartAsync(AzureWorld.Start(20), default);
        Assert.Equal(FleetOperationState.Running, second.State);
        Assert.Equal(FleetOperationState.Succeeded, (await world.DriveAsync(second)).State);
        Assert.Equal(20, world.Arm.Running.Count);
    }

    [Fact]
    public async Task An_eviction_that_is_only_announced_is_made_good_once_the_machine_has_gone()
    {
        await world.StartAsync(5);
        FakeMachine doomed = world.Arm.Running[0];
        WorkerLife life = (await world.Claims.ListAsync(AzureWorld.Run, default)).Single(candidate => candidate.Machine == doomed.Name).Of;

        // Its worker drains and is replaced while the machine is still there; 30 s later the platform takes it.
        DateTimeOffset noticed = world.Clock.GetUtcNow();
        FleetOperation replacement = await world.Provider.StartAsync(AzureWorld.Start(5, [life with { Epoch = 2 }]), default);
        Assert.Equal(FleetOperationState.Running, replacement.State);
        // The drained machine does not ask for another life while it shuts down, so it does not count any more.
        while (replacement.State == FleetOperationState.Running)
        {
            world.Clock.Advance(replacement.PollAfter);
            if (!doomed.IsGone && world.Clock.GetUtcNow() - noticed >= TimeSpan.FromSeconds(30)) world.Arm.Evict(doomed);
            replacement = await world.Provider.PollAsync(replacement, default);
        }
        Assert.Equal(FleetOperationState.Succeeded, replacement.State);
        Assert.Equal(5, world.Arm.Running.Count);
        Assert.DoesNotContain(doomed, world.Arm.Running);
    }

    [Fact]
    public async Task A_supervisor_that_asks_every_second_and_never_polls_gets_there_too()
    {
        await world.StartAsync(20);
        world.Arm.Room[("Standard_D2as_v5", "1", true)] = 15;
        FakeMachine[] evicted = [.. world.Arm.Running.Take(8)];
        HashSet<string> names = [.. evicted.Select(machine => machine.Name)];
        Array.ForEach(evicted, world.Arm.Evict);
        WorkerLife[] lost = [.. (await world.Claims.ListAsync(AzureWorld.Run, default)).Where(life => names.Contains(life.Machine!)).Select(life => life.Of with { Epoch = 2 })];
        for (int second = 0; second < 900; second++)
        {
            await world.Provider.StartAsync(AzureWorld.Start(20, lost), default);
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            await world.BootAsync();
        }
        Assert.Equal(20, world.Arm.Running.Count);
        Assert.Equal(20, world.Arm.Existing.Count);
        Assert.Equal(20, await AliveAsync());
        Assert.Empty(world.Arm.Throttled);
    }

    [Fact]
    public async Task Evictions_that_never_cease_do_not_keep_a_fleet_from_growing()
    {
        await world.StartAsync(30);
        int epoch = 1;
        for (int round = 0; round < 20; round++)
        {
            FakeMachine next = world.Arm.Running[0];
            WorkerLife? life = (await world.Claims.ListAsync(AzureWorld.Run, default)).SingleOrDefault(candidate => !candidate.Ended && candidate.Machine == next.Name)?.Of;
            if (life is not null) await world.Provider.StartAsync(AzureWorld.Start(30, [life with { Epoch = life.Epoch + epoch }]), default);
            world.Clock.Advance(TimeSpan.FromSeconds(30));
            if (!next.IsGone) world.Arm.Evict(next);
            await world.Provider.StartAsync(AzureWorld.Start(30, []), default);
        }
        Assert.InRange(world.Arm.Running.Count, 24, 33);
        Assert.Empty(world.Arm.Throttled);
    }

    [Fact]
    public async Task A_machine_whose_worker_died_and_never_asks_again_is_replaced()
    {
        await world.StartAsync(3);
        FakeMachine broken = world.Arm.Running[0];
        WorkerLife life = (await world.Claims.ListAsync(AzureWorld.Run, default)).Single(candidate => candidate.Machine == broken.Name).Of;
        FleetOperation operation = await world.Provider.StartAsync(AzureWorld.Start(3, [life with { Epoch = 2 }]), default);
        while (operation.State == FleetOperationState.Running)
        {
            world.Clock.Advance(operation.PollAfter);
            operation = await world.Provider.PollAsync(operation, default);
        }
        Assert.Equal(3, world.Arm.Running.Count);
        Assert.DoesNotContain(broken, world.Arm.Running);
    }

    [Fact]
    public async Task KillAsync_ends_the_machine_of_the_life_and_no_other()
    {
        await world.StartAsync(4);
        WorkerInstance victim = (await world.Provider.ListAsync(AzureWorld.Run, default))[1];
        await world.Provider.KillAsync(AzureWorld.Run, [new WorkerLife(victim.Worker, victim.Epoch)], default);
        await world.Provider.KillAsync(AzureWorld.Run, [new WorkerLife(victim.Worker, victim.Epoch)], default);
        await PassAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(3, world.Arm.Running.Count);
        Assert.DoesNotContain(world.Arm.Running, machine => machine.Name == victim.Detail);
        Assert.Equal(3, await AliveAsync());
    }

    [Fact]
    public async Task KillAsync_of_a_life_that_no_machine_has_claimed_keeps_it_from_being_claimed()
    {
        await world.Provider.StartAsync(AzureWorld.Start(2), default);
        await world.Provider.KillAsync(AzureWorld.Run, [new WorkerLife("w1", 1)], default);
        await PassAsync(TimeSpan.FromMinutes(2));
        await world.BootAsync();
        Assert.Equal(["w0"], (await LivingAsync()).Select(worker => worker.Worker));
    }

    [Fact]
    public async Task Machines_beyond_the_size_that_no_life_is_meant_for_are_deleted()
    {
        await world.Provider.StartAsync(AzureWorld.Start(10), default);
        await world.Provider.KillAsync(AzureWorld.Run, [.. AzureWorld.Lives(4, 6)], default);
        await PassAsync(TimeSpan.FromMinutes(2));
        await world.BootAsync();
        Assert.Equal(10, world.Arm.Running.Count);
        Assert.Equal(FleetOperationState.Succeeded, (await world.StartAsync(4, [])).State);
        await PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(4, world.Arm.Running.Count);
        Assert.Equal(4, await AliveAsync());
    }

    [Fact]
    public async Task ListAsync_counts_a_machine_as_alive_that_claimed_before_lists_show_it()
    {
        await world.StartAsync(3);
        world.Arm.ListLag = TimeSpan.FromSeconds(90);
        FakeMachine gone = world.Arm.Running[0];
        world.Arm.Evict(gone);
        WorkerLife life = (await world.Claims.ListAsync(AzureWorld.Run, default)).Single(candidate => candidate.Machine == gone.Name).Of;
        await world.Provider.StartAsync(AzureWorld.Start(3, [life with { Epoch = 2 }]), default);
        await PassAsync(TimeSpan.FromSeconds(100));
        await world.Provider.StartAsync(AzureWorld.Start(3, []), default);
        await PassAsync(TimeSpan.FromSeconds(70));
        await world.BootAsync();
        Assert.Contains(await world.Provider.ListAsync(AzureWorld.Run, default), worker => worker is { Epoch: 2, Alive: true });
    }

    private async Task<IReadOnlyList<WorkerInstance>> LivingAsync() =>
        [.. (await world.Provider.ListAsync(AzureWorld.Run, default)).Where(worker => worker.Alive)];

    private async Task<int> AliveAsync() => (await LivingAsync()).Count;

    private async Task PassAsync(TimeSpan time)
    {
        world.Clock.Advance(time);
        world.Arm.Settle();
        await Task.CompletedTask;
    }
}
