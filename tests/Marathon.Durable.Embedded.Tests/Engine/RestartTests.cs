namespace Marathon.Durable.Embedded.Tests.Engine;

public sealed class RestartTests
{
    [Fact]
    public async Task Restart_WhileAnEventIsAwaited_GoesOn()
    {
        await using EngineFixture engine = new();
        engine.Registry.AddOrchestratorFunc("O", context => context.WaitForExternalEvent<string>("E"));
        await engine.StartAsync();
        await engine.ScheduleAsync("O");
        await engine.Time.IdleAsync();
        await engine.RestartAsync();
        await engine.Client.RaiseEventAsync("i1", "E", "v");
        Assert.Equal("v", (await engine.EndAsync()).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Restart_WhileATimerRuns_FiresItWhenDue()
    {
        await using EngineFixture engine = new();
        engine.Registry.AddOrchestratorFunc("O", async context =>
        {
            DateTime before = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromHours(2), default);
            return context.CurrentUtcDateTime - before;
        });
        await engine.StartAsync();
        await engine.ScheduleAsync("O");
        await engine.Time.AdvanceAsync(TimeSpan.FromHours(1));
        await engine.RestartAsync();
        TimeSpan waited = (await engine.EndAsync()).ReadOutputAs<TimeSpan>();
        Assert.InRange(waited, TimeSpan.FromHours(2), TimeSpan.FromHours(2) + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Restart_AfterATimerFellDueWhileStopped_FiresItAtOnce()
    {
        await using EngineFixture engine = new();
        engine.Registry.AddOrchestratorFunc("O", async context =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1), default);
            return context.CurrentUtcDateTime;
        });
        await engine.StartAsync();
        DateTime start = engine.Time.GetUtcNow().UtcDateTime;
        await engine.ScheduleAsync("O");
        await engine.Time.IdleAsync();
        await engine.Host!.StopAsync();
        await engine.Time.AdvanceAsync(TimeSpan.FromHours(5));
        await engine.StartAsync();
        Assert.True((await engine.EndAsync()).ReadOutputAs<DateTime>() >= start.AddHours(5));
    }

    [Fact]
    public async Task Restart_WhileAnActivityRuns_RunsItAgain()
    {
        await using EngineFixture engine = new();
        int runs = 0;
        TaskCompletionSource reached = new();
        engine.Registry.AddActivityFunc("Slow", async _ =>
        {
            if (Interlocked.Increment(ref runs) == 1)
            {
                using IDisposable parked = engine.Time.Park();
                reached.SetResult();
                await Task.Delay(Timeout.Infinite, TestContextTimeout.Token);
            }

            return "done";
        });
        engine.Registry.AddOrchestratorFunc("O", context => context.CallActivityAsync<string>("Slow"));
        await engine.StartAsync();
        await engine.ScheduleAsync("O");
        await reached.Task;
        await engine.RestartAsync();
        Assert.Equal("done", (await engine.EndAsync()).ReadOutputAs<string>());
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task Restart_BeforeAScheduledStart_StartsWhenDue()
    {
        await using EngineFixture engine = new();
        engine.Registry.AddOrchestratorFunc("O", context => Task.FromResult(context.CurrentUtcDateTime));
        await engine.StartAsync();
        DateTimeOffset due = engine.Time.GetUtcNow().AddDays(1);
        await engine.ScheduleAsync("O", startAt: due);
        await engine.Time.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(OrchestrationRuntimeStatus.Pending, await engine.StatusAsync());
        await engine.RestartAsync();
        await engine.Time.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(OrchestrationRuntimeStatus.Pending, await engine.StatusAsync());
        Assert.True((await engine.EndAsync()).ReadOutputAs<DateTime>() >= due.UtcDateTime);
    }

    [Fact]
    public async Task Restart_AfterContinueAsNewCarriedEventsOver_KeepsThemAndTheirOrder()
    {
        await using EngineFixture engine = new();
        TaskCompletionSource open = new();
        engine.Registry.AddActivityFunc("Slow", async _ =>
        {
            using IDisposable parked = engine.Time.Park();
            await open.Task;
            return 0;
        });
        engine.Registry.AddOrchestratorFunc<int, int[]>("O", async (context, generation) =>
        {
            if (generation == 1)
                return [await context.WaitForExternalEvent<int>("E"), await context.WaitForExternalEvent<int>("E")];
            _ = context.CallActivityAsync<int>("Slow");
            context.ContinueAsNew(1);
            return [];
        });
        await engine.StartAsync();
        await engine.ScheduleAsync("O", 0);
        await engine.Time.IdleAsync();
        await engine.Client.RaiseEventAsync("i1", "E", 1);
        await engine.Client.RaiseEventAsync("i1", "E", 2);
        await engine.Time.IdleAsync();
        await engine.RestartAsync();
        open.SetResult();
        Assert.Equal(new[] { 1, 2 }, (await engine.EndAsync()).ReadOutputAs<int[]>());
    }

    [Fact]
    public async Task Stop_ThenUseOfTheClient_SaysThatTheEngineDoesNotRun()
    {
        await using EngineFixture engine = new();
        await engine.StartAsync();
        DurableClient client = engine.Client;
        await engine.Host!.StopAsync();
        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetInstanceAsync("i1"));
        Assert.Contains("not running", refusal.Message, StringComparison.Ordinal);
    }
}
