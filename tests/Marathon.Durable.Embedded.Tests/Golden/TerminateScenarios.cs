namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed class TerminateScenarios : GoldenTest
{
    [Fact]
    public Task terminate_with_output() => Golden(s => TerminatedAsync(s, () => s.Client.TerminateInstanceAsync("i1", "stopped by me")));

    [Fact]
    public Task terminate_without_output() => Golden(s => TerminatedAsync(s, () => s.Client.TerminateInstanceAsync("i1")));

    [Fact]
    public Task terminate_with_object_output() => Golden(s => TerminatedAsync(s, () => s.Client.TerminateInstanceAsync("i1", new Point(1, 2))));

    [Fact]
    public Task terminate_while_activity_runs() => Golden(async s =>
    {
        Gate gate = s.NewGate();
        bool finished = false;
        s.A("Slow", async () =>
        {
            await gate.WaitAsync();
            finished = true;
        });
        s.Ok("Next");
        s.O(async context =>
        {
            await context.CallActivityAsync("Slow");
            await context.CallActivityAsync("Next");
            return "";
        });
        await s.StartAndSettleAsync();
        await s.Client.TerminateInstanceAsync("i1", "t");
        await s.FinishAsync();
        s.Observe("activityStillRunningAtTermination", gate.IsReached && !finished);
        gate.Open();
        await s.PassAsync(600);
        s.Observe("activityFinishedLater", finished);
        s.Observe("nextStarted", s.Calls("Next") > 0);
        s.Observe("stateAtEnd", await s.StateAsync());
    });

    [Fact]
    public Task terminate_not_recursive() => Golden(async s =>
    {
        await ParentAsync(s, recursive: false);
        await s.FinishAsync();
        await s.PassAsync(800);
        s.Observe("childAfterParentTerminated", await s.StateAsync("kid"));
        await s.RaiseAsync("E", "v", "kid");
        s.Observe("childAfterEvent", await s.EndAsync("kid"));
        s.Observe("parentAtEnd", await s.StateAsync());
    });

    [Fact]
    public Task terminate_recursive() => Golden(async s =>
    {
        s.Observe("terminate", await Scenario.ThrownAsync(() => ParentAsync(s, recursive: true)));
        await s.FinishAsync();
        await s.PassAsync(800);
        Assert.Equal("""{"status":"Terminated","output":"\u0022t\u0022","failure":null}""", (await s.StateAsync("kid")).ToJsonString());
        s.Leave("childAfterParentTerminated", "recursive means that the children are terminated too, and here they are");
    });

    [Fact]
    public Task terminate_twice() => Golden(async s =>
    {
        await TerminatedAsync(s, () => s.Client.TerminateInstanceAsync("i1", "first"));
        s.Observe("secondTerminate", await Scenario.ThrownAsync(() => s.Client.TerminateInstanceAsync("i1", "second")));
        await s.PassAsync(400);
        s.Observe("stateAtEnd", await s.StateAsync());
    });

    [Fact]
    public Task terminate_completed_and_failed() => Golden(async s =>
    {
        s.O<string?, string>(async (_, input) =>
        {
            await Task.CompletedTask;
            return input == "boom" ? throw new InvalidOperationException("boom") : "done";
        });
        await s.StartAsync(null, "c");
        await s.StartAsync("boom", "f");
        await s.EndAsync("c");
        await s.EndAsync("f");
        s.Observe("terminateCompleted", await Scenario.ThrownAsync(() => s.Client.TerminateInstanceAsync("c", "t")));
        s.Observe("terminateFailed", await Scenario.ThrownAsync(() => s.Client.TerminateInstanceAsync("f", "t")));
        await s.PassAsync(400);
        s.Observe("completedStateAfter", await s.StateAsync("c"));
        s.Observe("failedStateAfter", await s.StateAsync("f"));
    });

    [Fact]
    public Task terminate_absent() => Golden(async s =>
    {
        await s.HostAsync();
        s.Observe("terminate", await Scenario.ThrownAsync(() => s.Client.TerminateInstanceAsync("ghost", "t")));
        await s.PassAsync(400);
        s.Observe("get", await s.StateAsync("ghost"));
    });

    [Fact]
    public Task terminate_orchestrator_cannot_catch() => Golden(async s =>
    {
        bool caught = false, finalised = false;
        s.O(async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<object>("E");
            }
            catch
            {
                caught = true;
                throw;
            }
            finally
            {
                finalised = true;
            }
        });
        await s.StartAndSettleAsync();
        await s.Client.TerminateInstanceAsync("i1", "t");
        await s.FinishAsync();
        s.Observe("catchRan", caught);
        s.Observe("finallyRan", finalised);
    });

    [Fact]
    public Task terminate_then_event_and_timer() => Golden(async s =>
    {
        s.Ok("Next");
        s.O(async context =>
        {
            Task timer = context.CreateTimer(TimeSpan.FromMilliseconds(800), default);
            await Task.WhenAny(timer, context.WaitForExternalEvent<object>("E"));
            await context.CallActivityAsync("Next");
            return "";
        });
        await s.StartAndSettleAsync();
        await s.Client.TerminateInstanceAsync("i1", "t");
        s.Observe("raise", await Scenario.ThrownAsync(() => s.RaiseAsync("E")));
        await s.PassAsync(1000);
        await s.ReadAsync();
        s.Observe("nextRan", s.Calls("Next") > 0);
    });

    private static async Task TerminatedAsync(Scenario s, Func<Task> terminate)
    {
        s.O(context => context.WaitForExternalEvent<object>("E"));
        await s.StartAndSettleAsync();
        await terminate();
        await s.FinishAsync();
    }

    private static async Task ParentAsync(Scenario s, bool recursive)
    {
        s.O(context => context.WaitForExternalEvent<string>("E"), "Child");
        s.O(context => context.CallSubOrchestratorAsync<string>("Child", new TaskOptions().WithInstanceId("kid")));
        await s.StartAndSettleAsync();
        await s.Client.TerminateInstanceAsync("i1", new TerminateInstanceOptions("t", recursive));
    }
}
