using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Tests.Engine;

public sealed class RewindTests
{
    private readonly HashSet<string> _broken = [];
    private readonly List<string> _ran = [];

    [Fact]
    public async Task Rewind_AfterAnActivityFailed_RunsItAgainAndKeepsWhatWasDone()
    {
        await using EngineFixture engine = await StartAsync(async context =>
        {
            string a = await context.CallActivityAsync<string>("Do", "a");
            string b = await context.CallActivityAsync<string>("Do", "b");
            return a + b + await context.CallActivityAsync<string>("Do", "c");
        });
        _broken.Add("b");
        await FailThenRewindAsync(engine);
        Assert.Equal("abc", (await engine.EndAsync()).ReadOutputAs<string>());
        Assert.Equal(["a", "b", "b", "c"], _ran);
    }

    [Fact]
    public async Task Rewind_OfAFanOut_RunsOnlyTheFailedOnesAgain()
    {
        await using EngineFixture engine = await StartAsync(async context => string.Concat(
            await Task.WhenAll("abcde".Select(c => context.CallActivityAsync<string>("Do", $"{c}")))));
        _broken.UnionWith(["b", "d"]);
        await FailThenRewindAsync(engine);
        Assert.Equal("abcde", (await engine.EndAsync()).ReadOutputAs<string>());
        Assert.Equal("abbcdde", string.Concat(_ran.Order()));
    }

    [Fact]
    public async Task Rewind_KeepsAFailureThatTheOrchestratorHadDealtWith()
    {
        await using EngineFixture engine = await StartAsync(async context =>
        {
            string first = "ok";
            try
            {
                await context.CallActivityAsync<string>("Do", "handled");
            }
            catch (TaskFailedException)
            {
                first = await context.CallActivityAsync<string>("Do", "instead");
            }

            return first + await context.CallActivityAsync<string>("Do", "b");
        });
        _broken.UnionWith(["handled", "b"]);
        await FailThenRewindAsync(engine);
        Assert.Equal("insteadb", (await engine.EndAsync()).ReadOutputAs<string>());
        Assert.Equal(["handled", "instead", "b", "b"], _ran);
    }

    [Fact]
    public async Task Rewind_UndoesACompensation_AndGoesOnFromBeforeIt()
    {
        await using EngineFixture engine = await StartAsync(async context =>
        {
            try
            {
                return await context.CallActivityAsync<string>("Do", "charge");
            }
            catch (TaskFailedException)
            {
                await context.CallActivityAsync<string>("Do", "release");
                throw;
            }
        });
        _broken.Add("charge");
        await FailThenRewindAsync(engine);
        Assert.Equal("charge", (await engine.EndAsync()).ReadOutputAs<string>());
        Assert.Equal(["charge", "release", "charge"], _ran);
    }

    [Fact]
    public async Task Rewind_OfExhaustedRetries_GivesOneMoreAttempt()
    {
        await using EngineFixture engine = await StartAsync(context => context.CallActivityAsync<string>(
            "Do", "a", new TaskOptions(new RetryPolicy(3, TimeSpan.FromSeconds(1)))));
        _broken.Add("a");
        await FailThenRewindAsync(engine);
        Assert.Equal("a", (await engine.EndAsync()).ReadOutputAs<string>());
        Assert.Equal(["a", "a", "a", "a"], _ran);
    }

    [Fact]
    public async Task Rewind_OfAParent_RewindsItsFailedChildren()
    {
        await using EngineFixture engine = await StartAsync(async context =>
        {
            if (context.Parent is not null)
                return await context.CallActivityAsync<string>("Do", "a") + await context.CallActivityAsync<string>("Do", "b");
            return "parent of " + await context.CallSubOrchestratorAsync<string>("O", new TaskOptions().WithInstanceId("kid"));
        });
        _broken.Add("b");
        await FailThenRewindAsync(engine);
        Assert.Equal("parent of ab", (await engine.EndAsync()).ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Completed, await engine.StatusAsync("kid"));
        Assert.Equal(["a", "b", "b"], _ran);
    }

    [Fact]
    public async Task Rewind_GivesANewExecutionId_AndLeavesAMarkInTheHistory()
    {
        await using EngineFixture engine = await StartAsync(context => context.CallActivityAsync<string>("Do", "a"));
        _broken.Add("a");
        await FailThenRewindAsync(engine);
        await engine.EndAsync();
        IList<HistoryEvent> history = await engine.Client.GetOrchestrationHistoryAsync("i1");
        Assert.Equal("fixed it", Assert.Single(history.OfType<ExecutionRewoundEvent>()).Reason);
        Assert.Single(history.OfType<TaskScheduledEvent>());
        Assert.Empty(history.OfType<TaskFailedEvent>());
        Assert.Single(history.OfType<ExecutionCompletedEvent>());
    }

    [Fact]
    public async Task Rewind_KeepsEventsThatCameAfterTheFailure()
    {
        await using EngineFixture engine = await StartAsync(async context =>
        {
            Task timer = context.CreateTimer(TimeSpan.FromHours(1), default);
            try
            {
                await context.CallActivityAsync<string>("Do", "a");
            }
            finally
            {
                await timer;
            }

            return await context.WaitForExternalEvent<string>("E");
        });
        _broken.Add("a");
        await engine.Time.IdleAsync();
        await engine.Client.RaiseEventAsync("i1", "E", "kept");
        await FailThenRewindAsync(engine);
        Assert.Equal("kept", (await engine.EndAsync()).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Rewind_OfWhatHasNotFailed_IsRefused()
    {
        await using EngineFixture engine = await StartAsync(context => context.CallActivityAsync<string>("Do", "a"));
        await engine.EndAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.Client.RewindInstanceAsync("i1", ""));
        await Assert.ThrowsAsync<ArgumentException>(() => engine.Client.RewindInstanceAsync("ghost", ""));
    }

    private async Task<EngineFixture> StartAsync(Func<OrchestrationContext, Task<string>> orchestrator)
    {
        EngineFixture engine = new();
        engine.Registry.AddOrchestratorFunc("O", orchestrator);
        engine.Registry.AddActivityFunc<string, string>("Do", (_, what) =>
        {
            lock (_ran)
            {
                _ran.Add(what);
                return _broken.Contains(what) ? throw new InvalidOperationException(what + " is broken") : what;
            }
        });
        await engine.StartAsync();
        await engine.ScheduleAsync("O", startAt: engine.Time.GetUtcNow().AddSeconds(1));
        return engine;
    }

    private async Task FailThenRewindAsync(EngineFixture engine)
    {
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.EndAsync()).RuntimeStatus);
        _broken.Clear();
        await engine.RestartAsync();
        await engine.Client.RewindInstanceAsync("i1", "fixed it");
    }
}
