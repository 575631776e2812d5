namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed class PurgeAndRestartScenarios : GoldenTest
{
    [Fact]
    public Task purge_completed() => Golden(async s =>
    {
        s.O(_ => Task.FromResult("done"));
        await s.StartAsync();
        await s.EndAsync();
        PurgeResult purged = await s.Client.PurgeInstanceAsync("i1");
        s.Observe("purgedCount", purged.PurgedInstanceCount);
        s.Observe("isComplete", purged.IsComplete);
        s.Observe("getAfter", await s.StateAsync());
        s.Observe("secondPurgeCount", (await s.Client.PurgeInstanceAsync("i1")).PurgedInstanceCount);
        await s.StartAsync();
        s.Observe("restartedWithSameId", await s.EndAsync());
    });

    [Fact]
    public Task purge_running() => Golden(async s =>
    {
        s.O(context => context.WaitForExternalEvent<string>("E"));
        await s.StartAndSettleAsync();
        s.Observe("purgedCount", (await s.Client.PurgeInstanceAsync("i1")).PurgedInstanceCount);
        s.Observe("stateAfterPurge", await s.StateAsync());
        await s.RaiseAsync("E", "v");
        s.Observe("afterEvent", await s.EndAsync());
    });

    [Fact]
    public Task purge_absent() => Golden(async s =>
    {
        await s.HostAsync();
        s.Observe("purgedCount", (await s.Client.PurgeInstanceAsync("ghost")).PurgedInstanceCount);
    });

    [Fact]
    public Task purge_terminated_and_failed() => Golden(async s =>
    {
        s.O(context => context.WaitForExternalEvent<string>("E"));
        s.O<object?>(_ => throw new InvalidOperationException("boom"), "F");
        await s.StartAndSettleAsync(null, "t");
        await s.StartAsync(null, "f", "F");
        await s.Client.TerminateInstanceAsync("t");
        await s.EndAsync("t");
        await s.EndAsync("f");
        s.Observe("terminatedPurged", (await s.Client.PurgeInstanceAsync("t")).PurgedInstanceCount);
        s.Observe("failedPurged", (await s.Client.PurgeInstanceAsync("f")).PurgedInstanceCount);
        s.Observe("getTerminated", await s.StateAsync("t"));
        s.Observe("getFailed", await s.StateAsync("f"));
    });

    [Fact]
    public Task purge_by_filter() => Golden(async s =>
    {
        s.O<string?, string>(async (context, what) => what switch
        {
            "fail" => throw new InvalidOperationException("boom"),
            "wait" => await context.WaitForExternalEvent<string>("E"),
            _ => "done",
        });
        foreach (string id in new[] { "c1", "c2", "c3" })
            await s.StartAsync(null, id);
        await s.StartAsync("fail", "f1");
        await s.StartAndSettleAsync("wait", "w1");
        DateTimeOffset now = s.Now;
        s.Observe("a", (await s.Client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(now.AddDays(-1), null, [OrchestrationRuntimeStatus.Completed]))).PurgedInstanceCount);
        List<string> left = [];
        await foreach (OrchestrationMetadata instance in s.Client.GetAllInstancesAsync())
            left.Add(instance.InstanceId);
        s.Observe("remainingAfterA", left.Order(StringComparer.Ordinal));
        s.Observe("b", (await s.Client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(now.AddDays(-2), now.AddHours(-1), [OrchestrationRuntimeStatus.Failed]))).PurgedInstanceCount);
        PurgeResult c = await s.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Failed]));
        Assert.Equal(1, c.PurgedInstanceCount);
        s.Leave("c", "a filter without a start is none the worse here");
    });

    [Fact]
    public Task purge_parent_recursive_flag() => Golden(async s =>
    {
        s.O(_ => Task.FromResult("c"), "Child");
        s.O<string, string>((context, kid) => context.CallSubOrchestratorAsync<string>("Child", new TaskOptions().WithInstanceId(kid)));
        await s.StartAsync("kid");
        await s.StartAsync("kid-i2", "i2");
        await s.EndAsync();
        await s.EndAsync("i2");
        s.Observe("nonRecursiveCount", (await s.Client.PurgeInstanceAsync("i1", new PurgeInstanceOptions(false))).PurgedInstanceCount);
        s.Observe("nonRecursiveChildStatus", await s.StatusAsync("kid"));
        Assert.Equal(2, (await s.Client.PurgeInstanceAsync("i2", new PurgeInstanceOptions(true))).PurgedInstanceCount);
        Assert.Equal("(absent)", await s.StatusAsync("kid-i2"));
        s.Leave("recursiveCount", "recursive means that the children are purged too, and counted");
        s.Leave("recursiveChildStatus", "recursive means that the children are purged too");
    });

    [Fact]
    public Task restart_same_id() => Golden(async s =>
    {
        await RunOnceAsync(s);
        string? id = null;
        s.Observe("restart", await Scenario.ThrownAsync(async () => id = await s.Client.RestartAsync("i1", restartWithNewInstanceId: false)));
        s.Observe("returnedId", id);
        s.Observe("afterRestart", await s.EndAsync());
    });

    [Fact]
    public Task restart_new_id() => Golden(async s =>
    {
        await RunOnceAsync(s);
        string id = await s.Client.RestartAsync("i1", restartWithNewInstanceId: true);
        s.Observe("returnedIdDiffers", id != "i1");
        s.Observe("returnedIdIs32HexDigits", Guid.TryParseExact(id, "N", out _));
        s.Observe("newInstance", await s.EndAsync(id));
        s.Observe("oldInstance", await s.StateAsync());
    });

    [Fact]
    public Task restart_absent() => Golden(async s =>
    {
        await s.HostAsync();
        s.Observe("restart", await Scenario.ThrownAsync(() => s.Client.RestartAsync("ghost")));
    });

    [Fact]
    public Task restart_running() => Golden(async s =>
    {
        s.O(context => context.WaitForExternalEvent<string>("E"));
        await s.StartAndSettleAsync();
        OrchestrationAlreadyExistsException refusal = await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(
            () => s.Client.RestartAsync("i1", restartWithNewInstanceId: false));
        Assert.Equal("An orchestration with id 'i1' already exists. It's in the Running state.", refusal.Message);
        s.Observe("stateAfter", await s.StateAsync());
        s.Leave("restart", "the reference host wraps the same refusal in its transport's exception");
    });

    [Fact]
    public Task rewind_failed_instance() => Golden(async s =>
    {
        s.A("Boom", () => s.Calls("Boom") == 1 ? throw new InvalidOperationException("kaput") : Task.FromResult("fine"));
        s.O(context => context.CallActivityAsync<string>("Boom"));
        await s.StartAsync();
        s.Observe("before", await s.EndAsync());
        await s.Client.RewindInstanceAsync("i1", "again");
        Assert.Equal("""{"status":"Completed","output":"\u0022fine\u0022","failure":null}""", (await s.EndAsync()).ToJsonString());
        Assert.Equal(2, s.Calls("Boom"));
        s.Leave("rewind", "the reference host does not implement it");
        s.Leave("after", "the reference host does not implement it");
    });

    private static async Task RunOnceAsync(Scenario s)
    {
        s.O<string, string>((_, input) => Task.FromResult($"{input}/{s.Calls("O")}"));
        await s.PlayAsync("in");
    }
}
