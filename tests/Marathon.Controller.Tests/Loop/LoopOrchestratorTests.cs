using Marathon.Controller.Http;
using Marathon.Controller.Loop;
using Marathon.Controller.Tests.World;

namespace Marathon.Controller.Tests.Loop;

public sealed class LoopOrchestratorTests
{
    [Fact]
    public async Task The_list_is_run_in_order_again_and_again()
    {
        await using ControllerWorld world = await LoopWorld.StartAsync();
        await world.SetLoopAsync(LoopWorld.Entry(), LoopWorld.Entry("violating"));
        await world.StartLoopAsync();

        IReadOnlyList<LoopVerdict> history = await world.HistoryAsync(5);

        Assert.Equal([1, 2, 1, 2, 1], history.Take(5).Select(v => v.Entry));
        Assert.Equal(["pass", "violation", "pass", "violation", "pass"], history.Take(5).Select(v => v.Verdict));
        Assert.Equal(history.Count, history.Select(v => v.RunId).Distinct().Count());
        foreach (LoopVerdict verdict in history)
        {
            Assert.Equal(verdict.Verdict, (await world.ReportAsync(verdict.RunId)).Verdict);
        }

        Assert.All(history.Zip(history.Skip(1)), pair => Assert.True(pair.Second.StartedAt >= pair.First.EndedAt + LoopPolicy.DefaultPause));
        Assert.InRange((await world.Client.GetOrchestrationHistoryAsync(LoopOrchestrator.InstanceId)).Count, 1, 50);
    }

    [Fact]
    public async Task An_entry_that_says_so_stops_the_loop_at_a_violation()
    {
        await using ControllerWorld world = await LoopWorld.StartAsync();
        await world.SetLoopAsync(LoopWorld.Entry(), LoopWorld.Entry("violating", 5, ("onViolation", "stop")));
        await world.StartLoopAsync();

        LoopSummary loop = await world.UntilLoopAsync(l => l.State == "stopped", "stopped");
        await world.Time.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal([1, 2], loop.History.Select(v => v.Entry));
        Assert.Contains(loop.History[1].RunId, loop.Reason, StringComparison.Ordinal);
        Assert.Equal(2, (await world.Runs.ListAsync(default)).Count);
    }

    [Fact]
    public async Task A_paused_loop_ends_its_run_and_starts_no_further_one_until_resumed()
    {
        await using ControllerWorld world = await LoopWorld.StartAsync();
        await world.SetLoopAsync(LoopWorld.Entry());
        await world.StartLoopAsync();
        string? runId = (await world.UntilLoopAsync(l => l.RunId is not null, "a run")).RunId;

        await world.TellLoopAsync(LoopSignalKind.Pause);
        Assert.Equal(("paused", runId), ((await world.LoopAsync()).State, (await world.LoopAsync()).RunId));
        await world.Time.AdvanceAsync(TimeSpan.FromHours(2));
        LoopSummary paused = await world.LoopAsync();
        Assert.Equal(("paused", null, null), (paused.State, paused.RunId, paused.NextAt));
        Assert.Equal(["finished"], paused.History.Select(v => v.Outcome));

        await world.TellLoopAsync(LoopSignalKind.Resume);
        Assert.Equal(2, (await world.HistoryAsync(2)).Count);
    }

    [Fact]
    public async Task Skip_interrupts_the_run_and_goes_to_the_next_at_once()
    {
        await using ControllerWorld world = await LoopWorld.StartAsync();
        await world.SetLoopAsync(LoopWorld.Entry(seconds: 100_000), LoopWorld.Entry());
        await world.StartLoopAsync();
        string runId = (await world.UntilLoopAsync(l => l.RunId is not null, "a run")).RunId!;
        await world.UntilStateAsync(runId, "loading");

        await world.TellLoopAsync(LoopSignalKind.Skip);
        IReadOnlyList<LoopVerdict> history = await world.HistoryAsync(2);

        Assert.Equal((runId, "interrupted"), (history[0].RunId, history[0].Outcome));
        Assert.Contains("skipped", history[0].Reason, StringComparison.Ordinal);
        Assert.Equal((2, "finished"), (history[1].Entry, history[1].Outcome));
        Assert.InRange(history[1].StartedAt - history[0].EndedAt, TimeSpan.Zero, LoopPolicy.DefaultPause / 2);
    }

    [Fact]
    public async Task Stop_interrupts_the_run_cleans_up_and_ends_and_a_start_begins_with_the_first()
    {
        await using ControllerWorld world = await LoopWorld.StartAsync();
        await world.SetLoopAsync(LoopWorld.Entry(), LoopWorld.Entry(seconds: 100_000));
        await world.StartLoopAsync();
        string runId = (await world.UntilLoopAsync(l => l is { RunId: not null, Entry: 2 }, "the second run")).RunId!;
        await world.UntilStateAsync(runId, "loading");

        await world.TellLoopAsync(LoopSignalKind.Stop);
        Assert.Equal("stopping", (await world.LoopAsync()).State);
        LoopSummary loop = await world.UntilLoopAsync(l => l.State == "stopped", "stopped");

        Assert.Equal(["finished", "interrupted"], loop.History.Select(v => v.Outcome));
        Assert.Equal("an operator stopped it", loop.Reason);
        Assert.False(world.Cluster.Provisioned);
        await world.StartLoopAsync();
        Assert.Equal([1, 2, 1], (await world.HistoryAsync(3)).Select(v => v.Entry));
    }

    [Fact]
    public async Task A_new_list_takes_over_after_the_run_under_way()
    {
        await using ControllerWorld world = await LoopWorld.StartAsync();
        await world.SetLoopAsync(LoopWorld.Entry(), LoopWorld.Entry());
        await world.StartLoopAsync();
        string? runId = (await world.UntilLoopAsync(l => l.RunId is not null, "a run")).RunId;

        await world.SetLoopAsync(LoopWorld.Entry("violating"));
        await world.TellLoopAsync(LoopSignalKind.Replanned);
        IReadOnlyList<LoopVerdict> history = await world.HistoryAsync(3);

        Assert.Equal((runId, "pass"), (history[0].RunId, history[0].Verdict));
        Assert.Equal(["good", "violating", "violating"], history.Take(3).Select(v => v.Scenario));
    }

    [Fact]
    public async Task A_run_that_cannot_be_made_is_in_the_history_and_the_loop_goes_on_after_a_while()
    {
        await using ControllerWorld world = await LoopWorld.StartAsync();
        await world.SetLoopAsync(LoopWorld.Entry() with { KafkaHome = "/gone", Loop = LoopWorld.Entry(loop: ("pause", "0s")).Loop }, LoopWorld.Entry());
        await world.StartLoopAsync();

        IReadOnlyList<LoopVerdict> history = await world.HistoryAsync(2);

        Assert.Equal((1, "harness-fault", "refused"), (history[0].Entry, history[0].Verdict, history[0].Outcome));
        Assert.Contains("'/gone' is no Kafka", history[0].Reason, StringComparison.Ordinal);
        Assert.Equal((2, "pass"), (history[1].Entry, history[1].Verdict));
        Assert.True(history[1].StartedAt - history[0].EndedAt >= LoopOrchestrator.FaultPause);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_controller_killed_at_random_moments_loses_no_turn_and_takes_none_twice(int seed)
    {
        Random random = new(seed);
        await using ControllerWorld world = await LoopWorld.StartAsync();
        await world.SetLoopAsync(LoopWorld.Entry(), LoopWorld.Entry("violating"));
        await world.StartLoopAsync();

        for (int kill = 0; kill < 12; kill++)
        {
            Task advance = world.Time.AdvanceAsync(TimeSpan.FromSeconds(random.NextDouble() * 20));
            if (random.Next(2) == 0)
            {
                await advance;
            }

            await world.KillControllerAsync();
            await world.StartControllerAsync();
            await advance;
        }

        IReadOnlyList<LoopVerdict> history = await world.HistoryAsync(6);
        await world.TellLoopAsync(LoopSignalKind.Stop);
        history = (await world.UntilLoopAsync(l => l.State == "stopped", "stopped")).History;

        Assert.Equal(Enumerable.Range(0, history.Count).Select(i => 1 + (i % 2)), history.Select(v => v.Entry));
        Assert.Equal((await world.Runs.ListAsync(default)).Select(r => r.RunId).Order(), history.Select(v => v.RunId).Order());
        Assert.Equal(world.Cluster.Provisions, world.Cluster.Releases);
    }

    [Fact]
    public async Task A_run_that_the_loop_was_about_to_begin_is_left_to_the_loop_after_a_crash()
    {
        await using ControllerWorld world = await LoopWorld.StartAsync();
        await world.Admission.AdmitAsync(LoopWorld.Entry(), "good-x", LoopOrchestrator.InstanceId, default);

        await world.KillControllerAsync();
        await world.StartControllerAsync();

        Assert.Null(await world.Client.GetInstanceAsync("good-x"));
        Assert.Equal("good-x", (await world.Admission.AdmitAsync(LoopWorld.Entry(), "good-x", LoopOrchestrator.InstanceId, default)).RunId);
        Assert.Single(await world.Runs.ListAsync(default));
    }
}
