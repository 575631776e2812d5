namespace Marathon.Durable.Embedded.Tests.Engine;

public sealed class SuspendedStormTests
{
    [Fact]
    public async Task EventsWhileSuspended_AreKeptInOrderAcrossARestart_AndCostNoEpisodes()
    {
        const int Events = 3000;
        await using EngineFixture engine = new();
        int episodes = 0;
        engine.Registry.AddOrchestratorFunc("O", async context =>
        {
            Interlocked.Increment(ref episodes);
            List<int> received = [];
            while (received.Count < Events)
                received.Add(await context.WaitForExternalEvent<int>("E"));
            return received.SequenceEqual(Enumerable.Range(0, Events));
        });
        await engine.StartAsync();
        await engine.ScheduleAsync("O");
        await engine.Time.IdleAsync();
        await engine.Client.SuspendInstanceAsync("i1");
        await engine.Time.IdleAsync();
        int before = episodes;
        await RaiseAsync(0, Events / 2);
        await engine.RestartAsync();
        await RaiseAsync(Events / 2, Events);
        await engine.Time.IdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, await engine.StatusAsync());
        Assert.Equal(before, episodes);
        await engine.Client.ResumeInstanceAsync("i1");
        Assert.True((await engine.EndAsync()).ReadOutputAs<bool>());
        Assert.InRange(episodes - before, 1, 10);

        async Task RaiseAsync(int from, int to)
        {
            // Not awaited one by one: a store that took them out of order would show.
            List<Task> raised = [];
            for (int i = from; i < to; i++)
                raised.Add(engine.Client.RaiseEventAsync("i1", "E", i));
            await Task.WhenAll(raised);
        }
    }

    [Fact]
    public async Task Terminate_BeatsABacklogOfASuspendedInstance()
    {
        await using EngineFixture engine = new();
        engine.Registry.AddOrchestratorFunc("O", context => context.WaitForExternalEvent<string>("E"));
        await engine.StartAsync();
        await engine.ScheduleAsync("O");
        await engine.Client.SuspendInstanceAsync("i1");
        await engine.Client.RaiseEventAsync("i1", "E", "v");
        await engine.Client.TerminateInstanceAsync("i1", "stop");
        OrchestrationMetadata end = await engine.EndAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, end.RuntimeStatus);
        Assert.Equal("stop", end.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Terminate_BeforeAScheduledStart_EndsTheInstanceUnrun()
    {
        await using EngineFixture engine = new();
        bool ran = false;
        engine.Registry.AddOrchestratorFunc("O", _ =>
        {
            ran = true;
            return Task.FromResult(1);
        });
        await engine.StartAsync();
        await engine.ScheduleAsync("O", startAt: engine.Time.GetUtcNow().AddDays(1));
        await engine.Client.TerminateInstanceAsync("i1");
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.EndAsync()).RuntimeStatus);
        await engine.Time.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.False(ran);
    }

    [Fact]
    public async Task EventsBeforeAScheduledStart_AreReadAfterIt()
    {
        await using EngineFixture engine = new();
        engine.Registry.AddOrchestratorFunc("O", context => context.WaitForExternalEvent<string>("E"));
        await engine.StartAsync();
        await engine.ScheduleAsync("O", startAt: engine.Time.GetUtcNow().AddHours(1));
        await engine.Client.RaiseEventAsync("i1", "E", "early");
        await engine.Time.AdvanceAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(OrchestrationRuntimeStatus.Pending, await engine.StatusAsync());
        Assert.Equal("early", (await engine.EndAsync()).ReadOutputAs<string>());
    }
}
