namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed class FanOutScenarios : GoldenTest
{
    [Fact]
    public Task fan_out_100_activities_order() => Golden(async s =>
    {
        s.A<int, int>("Sq", async i =>
        {
            await s.SleepAsync(7 * i % 20);
            return i * i;
        });
        s.O(async context =>
        {
            int[] squares = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => context.CallActivityAsync<int>("Sq", i)));
            return new
            {
                sum = squares.Sum(),
                inInputOrder = squares.SequenceEqual(Enumerable.Range(0, 100).Select(i => i * i)),
                first5 = squares[..5],
            };
        });
        await s.PlayAsync();
        s.Observe("activityCalls", s.Calls("Sq"));
    });

    [Fact]
    public Task fan_out_several_failures() => Golden(async s =>
    {
        Some(s, 1, 3, 4);
        s.O(async context =>
        {
            // WhenAll of tasks with results holds their exceptions in the order of the tasks, not of their failures.
            Task<object>[] tasks = [.. Enumerable.Range(0, 5).Select(i => context.CallActivityAsync<object>("F", i))];
            Task all = Task.WhenAll(tasks);
            await s.CatchAsync(() => all);
            s.Observe("allInnerMessages", all.Exception!.InnerExceptions.Select(e => e.Message));
            s.Observe("faultedByIndex", tasks.Select(task => task.IsFaulted));
            return "x";
        });
        await s.PlayAsync();
        s.Observe("activityCalls", s.Calls("F"));
    });

    [Fact]
    public Task fan_out_failure_uncaught() => Golden(async s =>
    {
        Some(s, 1, 2);
        s.O<object?>(async context =>
        {
            await Task.WhenAll(Enumerable.Range(0, 3).Select(i => context.CallActivityAsync<object>("F", i)));
            return null;
        });
        await s.PlayAsync();
    });

    [Fact]
    public Task completion_waits_for_open_activity() => Golden(async s =>
    {
        Gate gate = s.Slow("slow");
        s.A("Fast", () => Task.FromResult("fast"));
        bool returned = false;
        s.O(async context =>
        {
            Task<string> first = await Task.WhenAny(context.CallActivityAsync<string>("Fast"), context.CallActivityAsync<string>("Slow"));
            returned = true;
            return await first;
        });
        await s.StartAsync();
        await s.PassAsync(1500);
        s.Observe("orchestratorFunctionHadReturned", returned);
        s.Observe("stateWhileSlowStillRuns", await s.StateAsync());
        gate.Open();
        await s.FinishAsync();
    });

    [Fact]
    public Task completion_open_activity_fails_later() => Golden(async s =>
    {
        Gate gate = s.NewGate();
        s.A("Slow", async () =>
        {
            await gate.WaitAsync();
            throw new InvalidOperationException("late");
        });
        s.O(context =>
        {
            _ = context.CallActivityAsync("Slow");
            return Task.FromResult("done");
        });
        await s.StartAsync();
        await s.PassAsync(700);
        s.Observe("stateWhileSlowStillRuns", await s.StateAsync());
        gate.Open();
        await s.FinishAsync();
    });

    [Fact]
    public Task completion_waits_then_terminated() => Golden(async s =>
    {
        s.O(context =>
        {
            _ = context.CreateTimer(TimeSpan.FromHours(1), default);
            return Task.FromResult("done");
        });
        await s.StartAsync();
        await s.PassAsync(700);
        s.Observe("stateBeforeTerminate", await s.StateAsync());
        await s.Client.TerminateInstanceAsync("i1", "t");
        await s.FinishAsync();
    });

    private static void Some(Scenario s, params int[] failing) => s.A<int, object?>("F", async i =>
    {
        if (i == 1)
            await s.SleepAsync(300);
        return failing.Contains(i) ? throw new InvalidOperationException("no " + i) : null;
    });
}
