using Marathon.Azure.Claims;
using Marathon.Azure.Tests.Fakes;
using Marathon.Controller.Fleets;

namespace Marathon.Azure.Tests.Claims;

public sealed class LifeClaimsTests
{
    private const string Run = "run-1";
    private readonly VirtualClock clock = new();
    private readonly MemoryClaims store = new();

    private LifeClaims Claims => new(store, clock);

    [Fact]
    public async Task Machines_that_ask_at_once_get_a_life_each()
    {
        await Claims.OfferAsync(Run, [.. Lives(200)], default);
        WorkerLife?[] given = await Task.WhenAll(Enumerable.Range(0, 200).Select(machine => Task.Run(() => Claims.ClaimAsync(Run, $"vm{machine}", default))));
        Assert.All(given, Assert.NotNull);
        Assert.Equal(200, given.Distinct().Count());
        Assert.Null(await Claims.ClaimAsync(Run, "one-too-many", default));
    }

    [Fact]
    public async Task A_machine_that_asks_again_gets_the_same_life()
    {
        await Claims.OfferAsync(Run, [.. Lives(3)], default);
        WorkerLife? first = await Claims.ClaimAsync(Run, "vm", default);
        Assert.Equal(first, await Claims.ClaimAsync(Run, "vm", default));
        Assert.Single(await Claims.ListAsync(Run, default), life => life.Machine == "vm");
    }

    [Fact]
    public async Task A_machine_that_asks_many_times_at_once_holds_one_life_in_the_end()
    {
        await Claims.OfferAsync(Run, [.. Lives(50)], default);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Claims.ClaimAsync(Run, "vm", default))));
        WorkerLife? settled = await Claims.ClaimAsync(Run, "vm", default);
        Assert.Equal(settled, Assert.Single(await Claims.ListAsync(Run, default), life => life.Machine == "vm").Of);
    }

    [Fact]
    public async Task A_later_life_ends_the_earlier_one_and_may_be_lived_on_the_same_machine()
    {
        await Claims.OfferAsync(Run, [new WorkerLife("w0", 1)], default);
        await Claims.ClaimAsync(Run, "vm", default);
        await Claims.OfferAsync(Run, [new WorkerLife("w0", 2)], default);
        Assert.Equal(new WorkerLife("w0", 2), await Claims.ClaimAsync(Run, "vm", default));
        Assert.Equal([true, false], (await Claims.ListAsync(Run, default)).Select(life => life.Ended));
    }

    [Fact]
    public async Task An_ended_life_cannot_be_claimed_though_it_is_offered_again()
    {
        await Claims.OfferAsync(Run, [new WorkerLife("w0", 1)], default);
        await Claims.EndAsync(Run, [new WorkerLife("w0", 1)], default);
        await Claims.OfferAsync(Run, [new WorkerLife("w0", 1)], default);
        Assert.Null(await Claims.ClaimAsync(Run, "vm", default));
    }

    [Fact]
    public async Task Runs_do_not_mix_and_a_forgotten_run_leaves_nothing()
    {
        await Claims.OfferAsync(Run, [.. Lives(3)], default);
        await Claims.OfferAsync("run-2", [.. Lives(1)], default);
        await Claims.ClaimAsync(Run, "vm", default);
        Assert.Equal([Run, "run-2"], (await store.RunsAsync(default)).Order());
        await Claims.ForgetAsync(Run, default);
        Assert.Equal(["run-2"], await store.RunsAsync(default));
    }

    [Fact]
    public async Task A_row_that_is_no_claim_is_named()
    {
        await store.PutAsync(Run, [new ClaimRow("nonsense", "", default)], default);
        InvalidDataException problem = await Assert.ThrowsAsync<InvalidDataException>(() => Claims.ListAsync(Run, default));
        Assert.Contains("'nonsense'", problem.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<WorkerLife> Lives(int count) => AzureWorld.Lives(0, count);
}
