namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed class ContinueAsNewScenarios : GoldenTest
{
    [Fact]
    public Task continue_as_new_basic() => Golden(async s =>
    {
        List<string> runs = [];
        s.O<int, string>((context, n) =>
        {
            runs.Add($"n={n} replaying={context.IsReplaying} id={context.InstanceId}");
            if (n >= 3)
                return Task.FromResult("final " + n);
            context.ContinueAsNew(n + 1);
            return Task.FromResult("ignored " + n);
        });
        await s.PlayAsync(0);
        s.Observe("runs", runs);
        s.Observe("storedInput", (await s.Client.GetInstanceAsync("i1", true))!.SerializedInput);
    });

    [Fact]
    public Task continue_as_new_no_input() => Golden(async s =>
    {
        List<string> inputs = [];
        s.O<string?, string?>((context, input) =>
        {
            inputs.Add(input ?? "(null)");
            if (input is null)
                return Task.FromResult<string?>("null input");
            context.ContinueAsNew();
            return Task.FromResult<string?>(null);
        });
        await s.PlayAsync("first");
        s.Observe("inputs", inputs);
    });

    [Fact]
    public Task continue_as_new_preserves_buffered_events() => Golden(async s =>
    {
        TwoGenerations(s, true, EventScenarios.ReadThreeAsync);
        await s.StartAndSettleAsync(0);
        await EventScenarios.RaiseThreeAsync(s);
        await s.RaiseAsync("Go");
        await s.FinishAsync();
    });

    [Fact]
    public Task continue_as_new_preserve_false_drops_events() => Golden(async s =>
    {
        TwoGenerations(s, false, context => EventScenarios.OrAsync(
            async () => (object)await context.WaitForExternalEvent<int>("E", TimeSpan.FromMilliseconds(800)), "timed out"));
        await s.StartAndSettleAsync(0);
        await EventScenarios.RaiseThreeAsync(s);
        await s.RaiseAsync("Go");
        await s.FinishAsync();
    });

    [Fact]
    public Task continue_as_new_order_of_two_event_names() => Golden(async s =>
    {
        TwoGenerations(s, true, async context => new[]
        {
            await context.WaitForExternalEvent<int>("B"), await context.WaitForExternalEvent<int>("B"),
            await context.WaitForExternalEvent<int>("A"), await context.WaitForExternalEvent<int>("A"),
        });
        await s.StartAndSettleAsync(0);
        await s.RaiseAsync("A", 1);
        await s.RaiseAsync("B", 2);
        await s.RaiseAsync("A", 3);
        await s.RaiseAsync("B", 4);
        await s.RaiseAsync("Go");
        await s.FinishAsync();
    });

    [Fact]
    public Task continue_as_new_aggregator() => Golden(async s =>
    {
        s.O<int, int>(async (context, sum) =>
        {
            int added = await context.WaitForExternalEvent<int>("Add");
            if (added >= 0)
                context.ContinueAsNew(sum + added);
            return sum;
        });
        await s.StartAsync(0);
        for (int i = 1; i <= 20; i++)
            await s.Client.RaiseEventAsync("i1", "Add", i);
        await s.Client.RaiseEventAsync("i1", "Add", -1);
        await s.FinishAsync();
    });

    [Fact]
    public Task continue_as_new_with_open_waiter() => Golden(async s =>
    {
        s.O<int, string?>(async (context, n) =>
        {
            if (n == 1)
                return await context.WaitForExternalEvent<string>("E");
            _ = context.WaitForExternalEvent<string>("E");
            await context.WaitForExternalEvent<object>("Go");
            context.ContinueAsNew(1);
            return null;
        });
        await s.StartAndSettleAsync(0);
        await s.RaiseAsync("Go");
        await s.SettleAsync();
        await s.RaiseAsync("E", "v");
        await s.FinishAsync();
    });

    [Fact]
    public Task continue_as_new_preserve_true_events_around_it_in_one_batch() => Golden(s => AroundAsync(s, true));

    [Fact]
    public Task continue_as_new_preserve_false_events_around_it_in_one_batch() => Golden(s => AroundAsync(s, false));

    [Fact]
    public Task continue_as_new_preserve_true_event_while_draining() => Golden(s => WhileDrainingAsync(s, true));

    [Fact]
    public Task continue_as_new_preserve_false_event_while_draining() => Golden(s => WhileDrainingAsync(s, false));

    [Fact]
    public Task continue_as_new_guid_and_time() => Golden(async s =>
    {
        Dictionary<int, (Guid Id, DateTime Time)> seen = [];
        s.O<int, string>(async (context, n) =>
        {
            seen[n] = (context.NewGuid(), context.CurrentUtcDateTime);
            if (n == 1)
                return "end";
            await context.CreateTimer(TimeSpan.FromMilliseconds(200), default);
            context.ContinueAsNew(1);
            return "";
        });
        await s.PlayAsync(0);
        s.Observe("guidsDifferBetweenGenerations", seen[0].Id != seen[1].Id);
        s.Observe("timeAdvanced", seen[1].Time > seen[0].Time);
    });

    [Fact]
    public Task continue_as_new_then_throw() => Golden(async s =>
    {
        List<string> runs = [];
        s.O<int, string>(async (context, n) =>
        {
            runs.Add($"{n}");
            await Task.CompletedTask;
            if (n != 0)
                return "gen 1";
            context.ContinueAsNew(1);
            throw new InvalidOperationException("after");
        });
        await s.PlayAsync(0);
        s.Observe("runs", runs);
    });

    [Fact]
    public Task continue_as_new_then_await() => Golden(async s =>
    {
        SortedSet<string> generations = [];
        bool reached = false;
        s.Ok();
        s.O<int, string>(async (context, n) =>
        {
            generations.Add($"{n}");
            if (n != 0)
                return "gen 1";
            context.ContinueAsNew(1);
            await context.CallActivityAsync("Ok");
            reached = true;
            return "x";
        });
        await s.PlayAsync(0);
        s.Observe("distinctGenerationsSeen", generations);
        s.Observe("codeAfterAwaitReached", reached);
        s.Observe("activityRuns", s.Calls("Ok"));
    });

    [Fact]
    public Task continue_as_new_called_twice() => Golden(async s =>
    {
        List<string> runs = [];
        s.O<int, int>((context, n) =>
        {
            runs.Add($"{n}");
            if (n == 0)
            {
                context.ContinueAsNew(1);
                context.ContinueAsNew(2);
            }

            return Task.FromResult(n);
        });
        await s.PlayAsync(0);
        s.Observe("runs", runs);
    });

    [Fact]
    public Task continue_as_new_terminate_loop() => Golden(async s =>
    {
        int generations = 0;
        s.O<int, object?>(async (context, n) =>
        {
            generations = n;
            await context.CreateTimer(TimeSpan.FromMilliseconds(100), default);
            context.ContinueAsNew(n + 1);
            return null;
        });
        await s.StartAsync(0);
        await s.PassAsync(500);
        Assert.InRange(generations, 3, 6);
        await s.Client.TerminateInstanceAsync("i1", "enough");
        await s.FinishAsync();
        int atEnd = generations;
        await s.PassAsync(1000);
        s.Observe("moreGenerationsAfterTermination", generations > atEnd);
    });

    [Fact]
    public Task continue_as_new_and_terminate_in_one_batch() => Golden(async s =>
    {
        bool began = false;
        TwoGenerations(s, true, context =>
        {
            began = true;
            return context.WaitForExternalEvent<object>("Never");
        });
        await s.StartAndSettleAsync(0);
        await s.SuspendAsync();
        await s.RaiseAsync("Go");
        await s.Client.TerminateInstanceAsync("i1", "t");
        await s.FinishAsync();
        s.Observe("generation1Began", began);
    });

    [Fact]
    public Task continue_as_new_custom_status() => Golden(async s =>
    {
        s.O<int, string>(async (context, n) =>
        {
            if (n == 0)
            {
                context.SetCustomStatus("zero");
                context.ContinueAsNew(1);
                return "";
            }

            await context.WaitForExternalEvent<object>("Go");
            return "end";
        });
        await s.StartAndSettleAsync(0);
        s.Observe("whileGeneration1Waits", await s.StateAsync());
        await s.RaiseAsync("Go");
        s.Observe("completed", await s.EndAsync());
    });

    [Fact]
    public Task continue_as_new_keeps_created_time_and_tags() => Golden(async s =>
    {
        s.O<int, string>(async (context, n) =>
        {
            await context.CreateTimer(TimeSpan.FromMilliseconds(300), default);
            if (n < 2)
                context.ContinueAsNew(n + 1);
            return "end";
        });
        StartOrchestrationOptions tagged = new("i1") { Tags = new Dictionary<string, string> { ["k"] = "v" } };
        await s.StartAsync(0, options: tagged);
        DateTimeOffset created = (await s.Client.GetInstanceAsync("i1"))!.CreatedAt;
        await s.FinishAsync();
        OrchestrationMetadata end = (await s.Client.GetInstanceAsync("i1"))!;
        s.Observe("tags", end.Tags);
        Assert.Equal(created, end.CreatedAt);
        s.Leave("createdAtUnchanged", "an instance here keeps the time of its creation through all generations");
    });

    private static void TwoGenerations<T>(Scenario s, bool preserve, Func<OrchestrationContext, Task<T>> second) => s.O<int, T?>(async (context, n) =>
    {
        if (n == 1)
            return await second(context);
        await context.WaitForExternalEvent<object>("Go");
        context.ContinueAsNew(1, preserve);
        return default;
    });

    private static async Task AroundAsync(Scenario s, bool preserve)
    {
        TwoGenerations(s, preserve, async context =>
        {
            List<int> read = [];
            while (read.Count < 3)
                read.Add(await EventScenarios.OrAsync(() => context.WaitForExternalEvent<int>("E", TimeSpan.FromMilliseconds(800)), -1));
            return read;
        });
        await s.StartAndSettleAsync(0);
        await s.SuspendAsync();
        await s.RaiseAsync("E", 1);
        await s.RaiseAsync("Go");
        await s.RaiseAsync("E", 2);
        await s.RaiseAsync("E", 3);
        await s.ResumeAsync();
        await s.FinishAsync();
    }

    private static async Task WhileDrainingAsync(Scenario s, bool preserve)
    {
        Gate gate = s.Slow();
        s.O<int, int>((context, n) =>
        {
            if (n == 1)
                return EventScenarios.OrAsync(() => context.WaitForExternalEvent<int>("E", TimeSpan.FromMilliseconds(1000)), -1);
            _ = context.CallActivityAsync("Slow");
            context.ContinueAsNew(1, preserve);
            return Task.FromResult(0);
        });
        await s.StartAndSettleAsync(0);
        await s.RaiseAsync("E", 7);
        gate.Open();
        await s.FinishAsync();
    }
}
