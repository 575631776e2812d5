namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed class InstanceIdScenarios : GoldenTest
{
    [Fact]
    public Task instance_id_default_shape() => Golden(async s =>
    {
        s.O(context => Task.FromResult(context.InstanceId));
        await s.HostAsync();
        string a = await s.Client.ScheduleNewOrchestrationInstanceAsync("O");
        string b = await s.Client.ScheduleNewOrchestrationInstanceAsync("O");
        s.Observe("is32LowerHexDigits", Guid.TryParseExact(a, "N", out Guid id) && a == id.ToString("N"));
        s.Observe("different", a != b);
        s.Observe("sameAsContextInstanceId", (string?)(await s.EndAsync(a))["output"] == $"\"{a}\"");
    });

    [Fact]
    public Task instance_id_lookup_case() => Golden(async s =>
    {
        s.O(_ => Task.FromResult("done"));
        await s.StartAsync(null, "Case-Id");
        Assert.Null(await s.Client.GetInstanceAsync("case-id"));
        s.Leave("found", "ids are compared as they are written here");
        s.Leave("instanceIdReturned", "ids are compared as they are written here");
    });

    [Fact]
    public Task id_reuse_while_running_no_dedupe() => Golden(async s =>
    {
        List<string> inputs = [];
        s.O<string, string>(async (context, input) =>
        {
            inputs.Add(input);
            return input + await context.WaitForExternalEvent<string>("E");
        });
        await s.StartAndSettleAsync("first");
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => s.StartAsync("second"));
        await s.PassAsync(500);
        await s.RaiseAsync("E", "-v");
        await s.FinishAsync();
        Assert.Equal("\"first-v\"", (await s.Client.GetInstanceAsync("i1", true))!.SerializedOutput);
        Assert.DoesNotContain("second", inputs);
        foreach (string member in new[] { "output", "secondStart", "inputsSeen" })
            s.Leave(member, "without DedupeStatuses an instance that has not ended blocks its id, as in Durable Functions");
    });

    [Fact]
    public Task id_reuse_completed_no_dedupe() => Golden(async s =>
    {
        s.O<string, string>((_, input) => Task.FromResult(input));
        await s.StartAsync("first");
        s.Observe("first", await s.EndAsync());
        s.Observe("secondStart", await Scenario.ThrownAsync(() => s.StartAsync("second")));
        s.Observe("after", await s.EndAsync());
    });

    [Fact]
    public Task id_reuse_dedupe_running() => Golden(async s =>
    {
        s.O(context => context.WaitForExternalEvent<string>("E"));
        await s.StartAndSettleAsync();
        s.Observe("secondStart", await Scenario.ThrownAsync(() => s.StartAsync(options: new StartOrchestrationOptions("i1")
            .WithDedupeStatuses(OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended))));
        await s.RaiseAsync("E", "v");
        await s.FinishAsync();
    });

    [Fact]
    public Task id_reuse_dedupe_completed() => Golden(async s =>
    {
        s.O<string, string>((_, input) => Task.FromResult(input));
        await s.StartAsync("first");
        await s.EndAsync();
        s.Observe("dedupeCompleted", await StartAgainAsync(OrchestrationRuntimeStatus.Completed));
        s.Observe("stateAfterA", await s.StateAsync());
        s.Observe("dedupeFailedOnly", await StartAgainAsync(OrchestrationRuntimeStatus.Failed));
        s.Observe("stateAfterB", await s.EndAsync());

        Task<System.Text.Json.Nodes.JsonObject> StartAgainAsync(OrchestrationRuntimeStatus blocking) => Scenario.ThrownAsync(
            () => s.StartAsync("second", options: new StartOrchestrationOptions("i1").WithDedupeStatuses(blocking)));
    });

    [Fact]
    public Task id_reuse_dedupe_invalid_status_name() => Golden(async s =>
    {
        s.O(_ => Task.FromResult("done"));
        await s.HostAsync();
        s.Observe("start", await Scenario.ThrownAsync(
            () => s.StartAsync(options: new StartOrchestrationOptions("i1") { DedupeStatuses = ["NoSuchStatus"] })));
        s.Observe("state", await s.StateAsync());
    });

    [Fact]
    public Task start_at_future() => Golden(async s =>
    {
        s.O(_ => Task.FromResult("done"));
        await s.StartAsync(options: new StartOrchestrationOptions("i1", s.Now.AddMilliseconds(1500)));
        await s.PassAsync(500);
        Assert.Equal("Pending", await s.StatusAsync());
        Assert.Equal(0, s.Calls("O"));
        await s.FinishAsync();
        s.Leave("statusAfter500Ms", "StartAt is kept here");
        s.Leave("ranWithin500Ms", "StartAt is kept here");
    });

    [Fact]
    public Task start_at_past() => Golden(async s =>
    {
        s.O(_ => Task.FromResult("done"));
        await s.StartAsync(options: new StartOrchestrationOptions("i1", new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        await s.FinishAsync();
    });

    [Fact]
    public Task tags_round_trip() => Golden(async s =>
    {
        s.O(_ => Task.FromResult("c"), "Child");
        s.O(context => context.CallSubOrchestratorAsync<string>("Child", new TaskOptions().WithInstanceId("kid")));
        Dictionary<string, string> tags = new() { ["team"] = "x", ["env"] = "y" };
        await s.StartAsync(options: new StartOrchestrationOptions("i1") { Tags = tags });
        await s.EndAsync();
        s.Observe("parentTags", (await s.Client.GetInstanceAsync("i1"))!.Tags);
        s.Observe("childTags", (await s.Client.GetInstanceAsync("kid"))!.Tags);
    });
}
