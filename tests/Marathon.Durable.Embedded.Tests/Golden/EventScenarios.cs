namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed class EventScenarios : GoldenTest
{
    [Fact]
    public Task event_buffered_before_wait() => Golden(async s =>
    {
        Gate gate = AfterSlow(s, context => context.WaitForExternalEvent<string>("E"));
        await s.StartAndSettleAsync();
        await s.RaiseAsync("E", "early");
        gate.Open();
        await s.FinishAsync();
    });

    [Fact]
    public Task event_several_buffered_are_fifo() => Golden(async s =>
    {
        Gate gate = AfterSlow(s, ReadThreeAsync);
        await s.StartAndSettleAsync();
        await RaiseThreeAsync(s);
        gate.Open();
        await s.FinishAsync();
    });

    [Fact]
    public Task event_several_buffered_several_waiters() => Golden(async s =>
    {
        Gate gate = AfterSlow(s, ThreeWaitersAsync);
        await s.StartAndSettleAsync();
        await RaiseThreeAsync(s);
        gate.Open();
        await s.FinishAsync();
    });

    [Fact]
    public Task event_several_waiters_are_lifo() => Golden(async s =>
    {
        s.O(ThreeWaitersAsync);
        await s.StartAndSettleAsync();
        foreach (int i in new[] { 1, 2, 3 })
        {
            await s.RaiseAsync("E", i);
            await s.PassAsync(120);
        }

        await s.FinishAsync();
    });

    [Fact]
    public Task event_names_are_case_insensitive() => Golden(async s =>
    {
        Gate gate = s.Slow();
        s.O(async context =>
        {
            string a = await context.WaitForExternalEvent<string>("Approve");
            await context.CallActivityAsync("Slow");
            return new[] { a, await context.WaitForExternalEvent<string>("ApprovE") };
        });
        await s.StartAndSettleAsync();
        await s.RaiseAsync("APPROVE", "one");
        await s.SettleAsync();
        await s.RaiseAsync("approve", "two");
        gate.Open();
        await s.FinishAsync();
    });

    [Fact]
    public Task event_two_names() => Golden(async s =>
    {
        s.O(async context =>
        {
            Task<int> b = context.WaitForExternalEvent<int>("B");
            Task<int> a = context.WaitForExternalEvent<int>("A");
            return new[] { await a, await b };
        });
        await s.StartAndSettleAsync();
        await s.RaiseAsync("B", 2);
        await s.RaiseAsync("C", 3);
        await s.RaiseAsync("A", 1);
        await s.FinishAsync();
    });

    [Fact]
    public Task event_two_waiters_different_type() => Golden(async s =>
    {
        s.O(async context =>
        {
            _ = context.WaitForExternalEvent<string>("E");
            await s.CatchAsync(() => context.WaitForExternalEvent<int>("E"));
            return "end";
        });
        await s.PlayAsync();
    });

    [Fact]
    public Task event_same_name_different_type_after_completion() => Golden(async s =>
    {
        s.O(async context => await context.WaitForExternalEvent<string>("E") + await context.WaitForExternalEvent<int>("E"));
        await s.StartAndSettleAsync();
        await s.RaiseAsync("E", "s");
        await s.RaiseAsync("E", 5);
        await s.FinishAsync();
    });

    [Fact]
    public Task event_payload_type_mismatch() => Golden(async s =>
    {
        s.Observe("caughtByOrchestrator", "(never recorded)");
        s.O(async context =>
        {
            await s.CatchAsync(() => context.WaitForExternalEvent<int>("E"), "caughtByOrchestrator");
            return "end";
        });
        await s.StartAndSettleAsync();
        await s.RaiseAsync("E", "not a number");
        await s.FinishAsync();
    });

    [Fact]
    public Task event_null_payload() => Golden(async s =>
    {
        s.O(async context =>
        {
            string? text = await context.WaitForExternalEvent<string?>("E");
            int? number = await context.WaitForExternalEvent<int?>("F");
            return new[] { text is null, number is null };
        });
        await s.StartAndSettleAsync();
        await s.Client.RaiseEventAsync("i1", "E");
        await s.Client.RaiseEventAsync("i1", "F", null);
        await s.FinishAsync();
    });

    [Fact]
    public Task event_complex_payload() => Golden(async s =>
    {
        s.O(async context =>
        {
            Point p = await context.WaitForExternalEvent<Point>("E");
            return new { p.X, p.Y, p };
        });
        await s.StartAndSettleAsync();
        await s.RaiseAsync("E", new Point(3, 4));
        await s.FinishAsync();
    });

    [Fact]
    public Task event_to_completed_instance() => Golden(async s =>
    {
        s.O(_ => Task.FromResult("done"));
        await s.PlayAsync();
        s.Observe("raise", await Scenario.ThrownAsync(() => s.RaiseAsync("E", 1)));
        await s.SettleAsync();
        s.Observe("stateAfter", await s.StateAsync());
        s.Observe("orchestratorRuns", s.Calls("O"));
    });

    [Fact]
    public Task event_to_absent_instance() => Golden(async s =>
    {
        await s.HostAsync();
        s.Observe("raise", await Scenario.ThrownAsync(() => s.RaiseAsync("E", "x", "ghost")));
        await s.PassAsync(500);
        s.Observe("get", await s.StateAsync("ghost"));
    });

    [Fact]
    public Task event_before_start() => Golden(async s =>
    {
        s.O(context => OrAsync(() => context.WaitForExternalEvent<string>("E", TimeSpan.FromMilliseconds(1500)), "timed out"));
        await s.HostAsync();
        s.Observe("raise", await Scenario.ThrownAsync(() => s.RaiseAsync("E", "early")));
        await s.PassAsync(400);
        s.Observe("start", await Scenario.ThrownAsync(() => s.StartAsync()));
        await s.FinishAsync();
        Assert.Equal("\"timed out\"", (await s.Client.GetInstanceAsync("i1", true))!.SerializedOutput);
        s.Leave("output", "an id that does not exist has no mailbox here: the event is dropped");
    });

    [Fact]
    public Task event_right_after_schedule() => Golden(async s =>
    {
        s.O(context => context.WaitForExternalEvent<string>("E"));
        await s.StartAsync();
        await s.Client.RaiseEventAsync("i1", "E", "x");
        await s.FinishAsync();
    });

    [Fact]
    public Task event_unconsumed_at_completion() => Golden(async s =>
    {
        s.O(async context =>
        {
            await context.WaitForExternalEvent<object>("Go");
            return "done";
        });
        await s.StartAndSettleAsync();
        await s.RaiseAsync("Other", 1);
        await s.RaiseAsync("Other", 2);
        await s.RaiseAsync("Go");
        await s.FinishAsync();
    });

    /// <summary>Null stands for a wait that timed out or was cancelled.</summary>
    internal static async Task<T> OrAsync<T>(Func<Task<T>> wait, T otherwise)
    {
        try
        {
            return await wait();
        }
        catch (TaskCanceledException)
        {
            return otherwise;
        }
    }

    internal static async Task<int[]> ReadThreeAsync(OrchestrationContext context) =>
    [
        await context.WaitForExternalEvent<int>("E"),
        await context.WaitForExternalEvent<int>("E"),
        await context.WaitForExternalEvent<int>("E"),
    ];

    internal static async Task<int[]> ThreeWaitersAsync(OrchestrationContext context)
    {
        Task<int> w0 = context.WaitForExternalEvent<int>("E");
        Task<int> w1 = context.WaitForExternalEvent<int>("E");
        Task<int> w2 = context.WaitForExternalEvent<int>("E");
        return [await w0, await w1, await w2];
    }

    internal static async Task RaiseThreeAsync(Scenario s)
    {
        foreach (int i in new[] { 1, 2, 3 })
            await s.RaiseAsync("E", i);
    }

    private static Gate AfterSlow<T>(Scenario s, Func<OrchestrationContext, Task<T>> then)
    {
        Gate gate = s.Slow();
        s.O(async context =>
        {
            await context.CallActivityAsync("Slow");
            return await then(context);
        });
        return gate;
    }
}
