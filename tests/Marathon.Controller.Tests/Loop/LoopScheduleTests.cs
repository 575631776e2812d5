using Marathon.Configuration;
using Marathon.Controller.Http;
using Marathon.Controller.Loop;
using Marathon.Controller.Tests.World;

namespace Marathon.Controller.Tests.Loop;

public sealed class LoopScheduleTests
{
    [Fact]
    public async Task An_entry_with_a_schedule_runs_at_its_times_and_not_before()
    {
        await using ControllerWorld world = await LoopWorld.StartAsync();
        await world.SetLoopAsync(LoopWorld.Entry(loop: ("schedule", "30 3 * * *")));
        await world.StartLoopAsync();
        await world.Time.AdvanceAsync(TimeSpan.FromHours(1));
        LoopSummary waiting = await world.LoopAsync();
        Assert.Equal(("running", null, new DateTimeOffset(2026, 1, 1, 3, 30, 0, TimeSpan.Zero)), (waiting.State, waiting.RunId, waiting.NextAt));

        await world.Time.AdvanceAsync(TimeSpan.FromDays(3));

        IReadOnlyList<LoopVerdict> history = (await world.LoopAsync()).History;
        Assert.Equal([1, 2, 3], history.Select(v => v.StartedAt.Day));
        Assert.All(history, v => Assert.Equal(new TimeSpan(3, 30, 0), new TimeSpan(v.StartedAt.Hour, v.StartedAt.Minute, v.StartedAt.Second)));
    }

    [Fact]
    public async Task An_entry_without_a_schedule_fills_the_time_between()
    {
        await using ControllerWorld world = await LoopWorld.StartAsync();
        await world.SetLoopAsync(LoopWorld.Entry(loop: ("pause", "4m")), LoopWorld.Entry(loop: [("schedule", "0 * * * *"), ("pause", "4m")]));
        await world.StartLoopAsync();

        await world.Time.AdvanceAsync(TimeSpan.FromHours(2.5));

        IReadOnlyList<LoopVerdict> history = (await world.LoopAsync()).History;
        LoopVerdict[] hourly = [.. history.Where(v => v.Entry == 2)];
        Assert.Equal([1, 2], hourly.Select(v => v.StartedAt.Hour));
        Assert.All(hourly, v => Assert.InRange(v.StartedAt.Minute, 0, 6));
        Assert.InRange(history.Count - hourly.Length, 15, 40);
    }

    [Fact]
    public async Task Times_missed_while_the_loop_was_paused_count_once()
    {
        await using ControllerWorld world = await LoopWorld.StartAsync();
        await world.SetLoopAsync(LoopWorld.Entry(loop: ("schedule", "0 * * * *")));
        await world.StartLoopAsync();
        await world.Time.IdleAsync();
        await world.TellLoopAsync(LoopSignalKind.Pause);
        await world.Time.AdvanceAsync(TimeSpan.FromHours(5.5));
        Assert.Empty((await world.LoopAsync()).History);

        await world.TellLoopAsync(LoopSignalKind.Resume);
        await world.Time.AdvanceAsync(TimeSpan.FromMinutes(20));

        Assert.Single((await world.LoopAsync()).History);
    }

    [Theory]
    [InlineData("schedule", "every night", "loop.schedule")]
    [InlineData("schedule", "* * * * * *", "loop.schedule")]
    [InlineData("pause", "-1s", "loop.pause")]
    [InlineData("pause", "31d", "loop.pause")]
    [InlineData("onViolation", "explode", "loop.onViolation")]
    [InlineData("onviolation", "stop", "loop.onviolation")]
    public void A_policy_that_cannot_be_used_is_refused_by_its_field(string key, string value, string field)
    {
        SpecException refusal = Assert.Throws<SpecException>(() => LoopPolicy.Of(LoopWorld.Entry(loop: (key, value))));

        Assert.Equal(field, Assert.Single(refusal.Errors).Field);
    }
}
