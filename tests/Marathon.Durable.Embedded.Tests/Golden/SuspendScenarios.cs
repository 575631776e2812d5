namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed class SuspendScenarios : GoldenTest
{
    [Fact]
    public Task suspend_queues_events_in_order() => Golden(async s =>
    {
        int seen = 0;
        s.O(async context =>
        {
            List<int> read = [];
            while (read.Count < 3)
            {
                read.Add(await context.WaitForExternalEvent<int>("E"));
                seen = read.Count;
            }

            return read;
        });
        await s.StartAndSettleAsync();
        await s.SuspendAsync();
        s.Observe("reachedSuspended", await s.StatusAsync() == "Suspended");
        await EventScenarios.RaiseThreeAsync(s);
        await s.PassAsync(500);
        s.Observe("stateWhileSuspended", await s.StateAsync());
        s.Observe("eventsSeenByOrchestratorWhileSuspended", seen);
        await s.ResumeAsync();
        await s.FinishAsync();
    });

    [Fact]
    public Task suspend_then_resume_status() => Golden(async s =>
    {
        s.O(context => context.WaitForExternalEvent<string>("Go"));
        await s.StartAndSettleAsync();
        await s.SuspendAsync();
        s.Observe("suspended", await s.StateAsync());
        await s.ResumeAsync();
        await s.PassAsync(400);
        s.Observe("resumed", await s.StateAsync());
        await s.RaiseAsync("Go", "v");
        await s.FinishAsync();
    });

    [Fact]
    public Task suspend_timer_falls_due() => Golden(async s =>
    {
        bool ran = false;
        s.O(async context =>
        {
            await context.CreateTimer(TimeSpan.FromMilliseconds(600), default);
            ran = true;
            return "fired";
        });
        await s.StartAndSettleAsync();
        await s.SuspendAsync();
        await s.PassAsync(1500);
        s.Observe("stateWhileSuspendedAfterDue", await s.StateAsync());
        s.Observe("codeAfterTimerRanWhileSuspended", ran);
        await s.ResumeAsync();
        await s.FinishAsync();
    });

    [Fact]
    public Task suspend_activity_finishes() => Golden(async s =>
    {
        Gate gate = s.NewGate();
        bool finished = false;
        s.A("Slow", async () =>
        {
            await gate.WaitAsync();
            finished = true;
            return "slow";
        });
        s.Ok("Next");
        s.O(async context =>
        {
            string result = await context.CallActivityAsync<string>("Slow");
            await context.CallActivityAsync("Next");
            return result;
        });
        await s.StartAndSettleAsync();
        await s.SuspendAsync();
        gate.Open();
        await s.PassAsync(700);
        s.Observe("runningActivityFinishedWhileSuspended", finished);
        s.Observe("stateWhileSuspended", await s.StateAsync());
        s.Observe("nextStartedWhileSuspended", s.Calls("Next") > 0);
        await s.ResumeAsync();
        await s.FinishAsync();
    });

    [Fact]
    public Task suspend_then_terminate() => Golden(async s =>
    {
        s.O(context => context.WaitForExternalEvent<string>("E"));
        await s.StartAndSettleAsync();
        await s.SuspendAsync();
        await s.RaiseAsync("E", "v");
        await s.Client.TerminateInstanceAsync("i1", "stop");
        await s.FinishAsync();
    });

    [Fact]
    public Task suspend_twice_resume_once() => Golden(async s =>
    {
        s.O(context => context.WaitForExternalEvent<string>("E"));
        await s.StartAndSettleAsync();
        await s.SuspendAsync();
        s.Observe("secondSuspend", await Scenario.ThrownAsync(() => s.SuspendAsync()));
        s.Observe("statusAfterSecondSuspend", await s.StatusAsync());
        await s.ResumeAsync();
        await s.SettleAsync();
        s.Observe("statusAfterResume", await s.StatusAsync());
        await s.RaiseAsync("E", "v");
        await s.FinishAsync();
    });

    [Fact]
    public Task resume_when_not_suspended() => Golden(async s =>
    {
        s.O(context => context.WaitForExternalEvent<string>("E"));
        await s.StartAndSettleAsync();
        s.Observe("resume", await Scenario.ThrownAsync(() => s.ResumeAsync()));
        await s.SettleAsync();
        s.Observe("statusAfterResume", await s.StatusAsync());
        await s.RaiseAsync("E", "v");
        await s.FinishAsync();
    });

    [Fact]
    public Task suspend_completed_and_absent() => Golden(async s =>
    {
        s.O(_ => Task.FromResult("done"));
        await s.PlayAsync();
        s.Observe("suspend", await Scenario.ThrownAsync(() => s.SuspendAsync()));
        await s.PassAsync(400);
        s.Observe("statusAfterSuspend", await s.StatusAsync());
        s.Observe("resume", await Scenario.ThrownAsync(() => s.ResumeAsync()));
        s.Observe("suspendAbsent", await Scenario.ThrownAsync(() => s.SuspendAsync("ghost")));
        s.Observe("resumeAbsent", await Scenario.ThrownAsync(() => s.ResumeAsync("ghost")));
        s.Observe("absentStatus", await s.StatusAsync("ghost"));
    });

    [Fact]
    public Task suspend_mixed_backlog_order() => Golden(async s =>
    {
        Gate gate = s.Slow();
        s.O(async context =>
        {
            Dictionary<Task, string> open = new()
            {
                [context.CallActivityAsync("Slow")] = "activity",
                [context.CreateTimer(TimeSpan.FromMilliseconds(600), default)] = "timer",
                [context.WaitForExternalEvent<object>("E")] = "event",
            };
            List<string> order = [];
            while (open.Count > 0)
            {
                open.Remove(await Task.WhenAny(open.Keys), out string? name);
                order.Add(name!);
            }

            return order;
        });
        await s.StartAndSettleAsync();
        await s.SuspendAsync();
        await s.RaiseAsync("E");
        await s.PassAsync(1000);
        gate.Open();
        await s.PassAsync(500);
        s.Observe("statusBeforeResume", await s.StatusAsync());
        await s.ResumeAsync();
        await s.FinishAsync();
    });

    [Fact]
    public Task when_any_backlog_event_arrived_first() => Golden(s => BacklogAsync(s, eventAfterMs: 0));

    [Fact]
    public Task when_any_backlog_timer_fired_first() => Golden(s => BacklogAsync(s, eventAfterMs: 1200));

    [Fact]
    public Task suspend_backlog_lifo_waiters() => Golden(async s =>
    {
        s.O(EventScenarios.ThreeWaitersAsync);
        await s.StartAndSettleAsync();
        await s.SuspendAsync();
        await EventScenarios.RaiseThreeAsync(s);
        await s.ResumeAsync();
        await s.FinishAsync();
    });

    [Fact]
    public Task suspend_custom_status_kept() => Golden(async s =>
    {
        s.O(context =>
        {
            context.SetCustomStatus("cs");
            return context.WaitForExternalEvent<string>("E");
        });
        await s.StartAndSettleAsync();
        await s.SuspendAsync();
        s.Observe("whileSuspended", await s.StateAsync());
        await s.ResumeAsync();
        await s.RaiseAsync("E", "v");
        await s.FinishAsync();
    });

    [Fact]
    public Task suspend_parent_child_finishes() => Golden(async s =>
    {
        s.O(context => context.WaitForExternalEvent<string>("Go"), "Child");
        s.O(context => context.CallSubOrchestratorAsync<string>("Child", new TaskOptions().WithInstanceId("kid")));
        await s.StartAndSettleAsync();
        await s.SuspendAsync();
        s.Observe("childStatusWhileParentSuspended", await s.StatusAsync("kid"));
        await s.RaiseAsync("Go", "v", "kid");
        s.Observe("childState", await s.EndAsync("kid"));
        await s.SettleAsync();
        s.Observe("parentWhileChildDone", await s.StateAsync());
        await s.ResumeAsync();
        await s.FinishAsync();
    });

    private static async Task BacklogAsync(Scenario s, int eventAfterMs)
    {
        s.O(async context =>
        {
            Task timer = context.CreateTimer(TimeSpan.FromMilliseconds(700), default);
            Task<string> received = context.WaitForExternalEvent<string>("E");
            return await Task.WhenAny(timer, received) == received ? "event" : "timer";
        });
        await s.StartAndSettleAsync();
        await s.SuspendAsync();
        s.Observe("reachedSuspended", await s.StatusAsync() == "Suspended");
        await s.PassAsync(eventAfterMs);
        await s.RaiseAsync("E", "x");
        await s.PassAsync(1200 - eventAfterMs);
        await s.ResumeAsync();
        await s.FinishAsync();
    }
}
