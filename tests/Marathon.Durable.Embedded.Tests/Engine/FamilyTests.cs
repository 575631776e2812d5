namespace Marathon.Durable.Embedded.Tests.Engine;

/// <summary>Parents, children and grandchildren: termination, purge, ids.</summary>
public sealed class FamilyTests
{
    [Fact]
    public async Task TerminateRecursive_EndsAllThatRun_AndLeavesStrangersAlone()
    {
        await using EngineFixture engine = await FamilyAsync();
        await engine.Client.TerminateInstanceAsync("top", new TerminateInstanceOptions("stop", Recursive: true));
        foreach (string id in new[] { "top", "top-0", "top-1", "top-0-0", "top-1-1" })
        {
            OrchestrationMetadata ended = await engine.EndAsync(id);
            Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended.RuntimeStatus);
            Assert.Equal("stop", ended.ReadOutputAs<string>());
        }

        Assert.Equal(OrchestrationRuntimeStatus.Running, await engine.StatusAsync("other"));
        Assert.Equal(OrchestrationRuntimeStatus.Running, await engine.StatusAsync("other-0-1"));
    }

    [Fact]
    public async Task TerminateRecursive_ReachesChildrenThatAreSuspended()
    {
        await using EngineFixture engine = await FamilyAsync();
        await engine.Client.SuspendInstanceAsync("top-0");
        await engine.Time.IdleAsync();
        await engine.Client.TerminateInstanceAsync("top", new TerminateInstanceOptions(null, Recursive: true));
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.EndAsync("top-0")).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.EndAsync("top-0-1")).RuntimeStatus);
    }

    [Fact]
    public async Task TerminateNotRecursive_LeavesTheChildren()
    {
        await using EngineFixture engine = await FamilyAsync();
        await engine.Client.TerminateInstanceAsync("top");
        await engine.EndAsync("top");
        await engine.Time.IdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Running, await engine.StatusAsync("top-0"));
    }

    [Fact]
    public async Task PurgeRecursive_TakesThreeGenerations_AndCountsThem()
    {
        await using EngineFixture engine = await FamilyAsync();
        await engine.Client.TerminateInstanceAsync("top", new TerminateInstanceOptions(null, Recursive: true));
        foreach (string id in new[] { "top", "top-0", "top-1", "top-0-0", "top-0-1", "top-1-0", "top-1-1" })
            await engine.EndAsync(id);
        Assert.Equal(7, (await engine.Client.PurgeInstanceAsync("top", new PurgeInstanceOptions(Recursive: true))).PurgedInstanceCount);
        Assert.Null(await engine.StatusAsync("top-1-1"));
        Assert.NotNull(await engine.StatusAsync("other-1-1"));
    }

    [Fact]
    public async Task PurgeRecursive_KeepsAChildThatStillRuns()
    {
        await using EngineFixture engine = await FamilyAsync();
        await engine.Client.TerminateInstanceAsync("top");
        await engine.EndAsync("top");
        Assert.Equal(1, (await engine.Client.PurgeInstanceAsync("top", new PurgeInstanceOptions(Recursive: true))).PurgedInstanceCount);
        Assert.Equal(OrchestrationRuntimeStatus.Running, await engine.StatusAsync("top-0"));
        await engine.Client.RaiseEventAsync("top-0-0", "Go");
        await engine.Client.RaiseEventAsync("top-0-1", "Go");

        // Its parent is gone; it ends none the less.
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.EndAsync("top-0")).RuntimeStatus);
    }

    [Fact]
    public async Task CallSubOrchestrator_WithTheIdOfARunningInstance_FailsTheCall()
    {
        await using EngineFixture engine = new();
        engine.Registry.AddOrchestratorFunc("Wait", context => context.WaitForExternalEvent<string>("E"));
        engine.Registry.AddOrchestratorFunc("O", async context =>
        {
            TaskFailedException e = await Assert.ThrowsAsync<TaskFailedException>(
                () => context.CallSubOrchestratorAsync("Wait", new TaskOptions().WithInstanceId("taken")));
            return e.FailureDetails!.IsCausedBy<OrchestrationAlreadyExistsException>();
        });
        await engine.StartAsync();
        await engine.ScheduleAsync("Wait", id: "taken");
        await engine.Time.IdleAsync();
        await engine.ScheduleAsync("O");
        Assert.True((await engine.EndAsync()).ReadOutputAs<bool>());
        Assert.Equal(OrchestrationRuntimeStatus.Running, await engine.StatusAsync("taken"));
    }

    [Fact]
    public async Task Schedule_InPlaceOfARunningInstance_MakesItsLateResultsHarmless()
    {
        await using EngineFixture engine = new();
        TaskCompletionSource open = new();
        engine.Registry.AddActivityFunc<string, string>("Echo", async (_, text) =>
        {
            if (text == "old")
            {
                using IDisposable parked = engine.Time.Park();
                await open.Task;
            }

            return text;
        });
        engine.Registry.AddOrchestratorFunc<string, string>("O", async (context, text) =>
        {
            string echo = await context.CallActivityAsync<string>("Echo", text);
            return echo + await context.WaitForExternalEvent<string>("E");
        });
        await engine.StartAsync();
        await engine.ScheduleAsync("O", "old");
        await engine.Time.IdleAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync(
            "O", "new", new StartOrchestrationOptions("i1") { DedupeStatuses = [] });
        open.SetResult();
        await engine.Time.IdleAsync();
        await engine.Client.RaiseEventAsync("i1", "E", "!");
        Assert.Equal("new!", (await engine.EndAsync()).ReadOutputAs<string>());
    }

    private static async Task<EngineFixture> FamilyAsync()
    {
        EngineFixture engine = new();
        engine.Registry.AddOrchestratorFunc<int, int>("Family", async (context, generations) =>
        {
            if (generations == 0)
                await context.WaitForExternalEvent<object>("Go");
            else
            {
                await Task.WhenAll(Enumerable.Range(0, 2).Select(i => context.CallSubOrchestratorAsync<int>(
                    "Family", generations - 1, new TaskOptions().WithInstanceId($"{context.InstanceId}-{i}"))));
            }

            return generations;
        });
        await engine.StartAsync();
        await engine.ScheduleAsync("Family", 2, "top");
        await engine.ScheduleAsync("Family", 2, "other");
        await engine.Time.IdleAsync();
        return engine;
    }
}
