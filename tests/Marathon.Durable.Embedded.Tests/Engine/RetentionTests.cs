namespace Marathon.Durable.Embedded.Tests.Engine;

public sealed class RetentionTests
{
    [Fact]
    public async Task Ended_LongerAgoThanTheRetention_IsRemovedWithItsChildren()
    {
        await using EngineFixture engine = await StartAsync(TimeSpan.FromDays(7));
        await engine.ScheduleAsync("Parent", id: "old");
        await engine.EndAsync("old");
        await engine.Time.AdvanceAsync(TimeSpan.FromDays(6));
        await engine.ScheduleAsync("Parent", id: "young");
        await engine.EndAsync("young");
        Assert.Equal(["old", "old-child", "young", "young-child"], await IdsAsync(engine));
        await engine.Time.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal(["young", "young-child"], await IdsAsync(engine));
    }

    [Fact]
    public async Task Running_IsKept_WithTheChildrenOfItsExecution()
    {
        await using EngineFixture engine = await StartAsync(TimeSpan.FromDays(7));
        await engine.ScheduleAsync("Parent", input: 1, id: "runs");
        await engine.Time.AdvanceAsync(TimeSpan.FromDays(30));
        Assert.Equal(["runs", "runs-child"], await IdsAsync(engine));
        await engine.Client.RaiseEventAsync("runs", "End", 1);
        await engine.Time.AdvanceAsync(TimeSpan.FromDays(30));
        Assert.Empty(await IdsAsync(engine));
    }

    [Fact]
    public async Task AnEternalOrchestration_LosesTheChildrenOfEarlierGenerations()
    {
        await using EngineFixture engine = await StartAsync(TimeSpan.FromDays(7));
        await engine.ScheduleAsync("Eternal", 0, "loop");
        await engine.Time.AdvanceAsync(TimeSpan.FromDays(20) + TimeSpan.FromHours(1));
        List<string> ids = await IdsAsync(engine);
        Assert.Contains("loop", ids);
        Assert.Contains("loop-20", ids);
        Assert.Contains("loop-15", ids);
        Assert.DoesNotContain("loop-12", ids);
    }

    [Fact]
    public async Task Expired_WhileTheEngineWasStopped_GoesAtTheNextStart()
    {
        await using EngineFixture engine = await StartAsync(TimeSpan.FromDays(7));
        await engine.ScheduleAsync("Parent");
        await engine.EndAsync();
        await engine.Host!.StopAsync();
        await engine.Time.AdvanceAsync(TimeSpan.FromDays(8));
        await engine.StartAsync();
        await engine.Time.AdvanceAsync(TimeSpan.Zero);
        Assert.Empty(await IdsAsync(engine));
    }

    [Fact]
    public async Task WithoutARetention_EverythingStays()
    {
        await using EngineFixture engine = await StartAsync(null);
        await engine.ScheduleAsync("Parent", id: "old");
        await engine.EndAsync("old");
        await engine.Time.AdvanceAsync(TimeSpan.FromDays(4000));
        Assert.Equal(["old", "old-child"], await IdsAsync(engine));
    }

    private static async Task<EngineFixture> StartAsync(TimeSpan? retention)
    {
        EngineFixture engine = new() { Retention = retention };
        engine.Registry.AddOrchestratorFunc("Child", _ => Task.FromResult(0));
        engine.Registry.AddOrchestratorFunc<int?, int>("Parent", async (context, waits) =>
        {
            await context.CallSubOrchestratorAsync<int>("Child", null, new TaskOptions().WithInstanceId(context.InstanceId + "-child"));
            return waits is null ? 0 : await context.WaitForExternalEvent<int>("End");
        });
        engine.Registry.AddOrchestratorFunc<int, int>("Eternal", async (context, day) =>
        {
            await context.CallSubOrchestratorAsync<int>("Child", null, new TaskOptions().WithInstanceId($"{context.InstanceId}-{day}"));
            await context.CreateTimer(TimeSpan.FromDays(1), default);
            context.ContinueAsNew(day + 1);
            return 0;
        });
        return await engine.StartAsync();
    }

    private static async Task<List<string>> IdsAsync(EngineFixture engine)
    {
        List<string> ids = [];
        await foreach (OrchestrationMetadata instance in engine.Client.GetAllInstancesAsync())
            ids.Add(instance.InstanceId);
        return ids;
    }
}
