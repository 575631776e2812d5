namespace Marathon.Durable.Embedded.Tests.Engine;

public sealed class LimitTests
{
    private static readonly string s_tooLarge = new('a', 1024 * 1024);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("@a")]
    [InlineData("a\nb")]
    [InlineData("ä")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901")]
    public async Task Schedule_WithAnIdThatOneHostWouldNotTake_IsRefused(string id)
    {
        await using EngineFixture engine = await StartAsync(_ => Task.FromResult<string?>(null));
        await Assert.ThrowsAsync<ArgumentException>(() => engine.ScheduleAsync("O", id: id));
        Assert.Null(await FirstAsync(engine));
    }

    [Fact]
    public async Task RaiseEvent_WithTooLargeAPayload_IsRefusedAndChangesNothing()
    {
        await using EngineFixture engine = await StartAsync(context => context.WaitForExternalEvent<string?>("E"));
        await engine.ScheduleAsync("O");
        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => engine.Client.RaiseEventAsync("i1", "E", s_tooLarge));
        Assert.Contains("event 'E'", refusal.Message, StringComparison.Ordinal);
        await engine.Client.RaiseEventAsync("i1", "E", "fits");
        Assert.Equal("fits", (await engine.EndAsync()).ReadOutputAs<string>());
    }

    [Fact]
    public async Task CallActivity_WithTooLargeAnInput_FailsTheCallAndNotTheInstance()
    {
        await using EngineFixture engine = await StartAsync(async context =>
        {
            await Assert.ThrowsAsync<ArgumentException>(() => context.CallActivityAsync<string>("Do", s_tooLarge));
            return await context.CallActivityAsync<string>("Do", "small");
        });
        await engine.ScheduleAsync("O");
        Assert.Equal("small", (await engine.EndAsync()).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Activity_WithTooLargeAResult_Fails()
    {
        await using EngineFixture engine = await StartAsync(context => context.CallActivityAsync<string?>("Large"));
        await engine.ScheduleAsync("O");
        OrchestrationMetadata end = await engine.EndAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("activity 'Large' has 1048578 bytes", end.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orchestrator_WithTooLargeAnOutput_Fails()
    {
        await using EngineFixture engine = await StartAsync(_ => Task.FromResult<string?>(s_tooLarge));
        await engine.ScheduleAsync("O");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.EndAsync()).RuntimeStatus);
    }

    [Fact]
    public async Task SetCustomStatus_Over16KB_IsRefused()
    {
        await using EngineFixture engine = await StartAsync(context =>
        {
            context.SetCustomStatus(new string('a', 16 * 1024 - 2));
            Assert.Throws<ArgumentException>(() => context.SetCustomStatus(new string('a', 16 * 1024 - 1)));
            return Task.FromResult<string?>("kept");
        });
        await engine.ScheduleAsync("O");
        OrchestrationMetadata end = await engine.EndAsync();
        Assert.Equal("kept", end.ReadOutputAs<string>());
        Assert.Equal(16 * 1024, end.SerializedCustomStatus!.Length);
    }

    private static async Task<EngineFixture> StartAsync(Func<OrchestrationContext, Task<string?>> orchestrator)
    {
        EngineFixture engine = new();
        engine.Registry.AddOrchestratorFunc("O", orchestrator);
        engine.Registry.AddActivityFunc<string, string>("Do", (_, what) => what);
        engine.Registry.AddActivityFunc("Large", _ => s_tooLarge);
        return await engine.StartAsync();
    }

    private static async Task<OrchestrationMetadata?> FirstAsync(EngineFixture engine)
    {
        await foreach (OrchestrationMetadata instance in engine.Client.GetAllInstancesAsync())
            return instance;
        return null;
    }
}
