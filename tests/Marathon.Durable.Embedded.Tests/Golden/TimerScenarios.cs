namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed class TimerScenarios : GoldenTest
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    [Fact]
    public Task timer_fires() => Golden(async s =>
    {
        s.O(async context =>
        {
            DateTime before = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromMilliseconds(500), default);
            TimeSpan passed = context.CurrentUtcDateTime - before;
            return new
            {
                notEarly = passed >= TimeSpan.FromMilliseconds(500),
                lessThan5sLate = passed < TimeSpan.FromSeconds(5),
                kind = context.CurrentUtcDateTime.Kind.ToString(),
            };
        });
        await s.PlayAsync();
    });

    [Fact]
    public Task timer_cancelled() => Golden(async s =>
    {
        s.O(async context =>
        {
            using CancellationTokenSource source = new();
            Task timer = context.CreateTimer(s_hour, source.Token);
            source.Cancel();
            await s.CatchAsync(() => timer);
            s.Observe("timerTaskStatus", timer.Status.ToString());
            return "end";
        });
        await s.PlayAsync();
    });

    [Fact]
    public Task timer_created_with_cancelled_token() => Golden(async s =>
    {
        s.O(async context =>
        {
            using CancellationTokenSource source = new();
            source.Cancel();
            await s.CatchAsync(() => context.CreateTimer(s_hour, source.Token));
            return "end";
        });
        await s.PlayAsync();
    });

    [Fact]
    public Task timer_cancelled_in_a_later_episode() => Golden(async s =>
    {
        s.Ok();
        s.O(async context =>
        {
            using CancellationTokenSource source = new();
            Task timer = context.CreateTimer(s_hour, source.Token);
            await context.CallActivityAsync("Ok");
            source.Cancel();
            await context.CallActivityAsync("Ok");
            return timer.Status.ToString();
        });
        await s.PlayAsync();
    });

    [Fact]
    public Task timer_vs_event_event_wins() => Golden(async s =>
    {
        TimerOrEvent(s, TimeSpan.FromSeconds(10));
        await s.StartAndSettleAsync();
        await s.RaiseAsync("E", "yes");
        await s.FinishAsync();
    });

    [Fact]
    public Task timer_vs_event_timer_wins() => Golden(async s =>
    {
        TimerOrEvent(s, TimeSpan.FromMilliseconds(400));
        await s.PlayAsync();
        s.Observe("lateRaise", await Scenario.ThrownAsync(() => s.RaiseAsync("E", "late")));
        s.Observe("stateAfterLateEvent", await s.StateAsync());
    });

    [Fact]
    public Task timer_not_cancelled_at_completion() => Golden(async s =>
    {
        s.O(async context =>
        {
            _ = context.CreateTimer(TimeSpan.FromSeconds(3), default);
            await context.WaitForExternalEvent<object>("E");
            return "done";
        });
        await s.StartAndSettleAsync();
        await s.RaiseAsync("E");
        await s.PassAsync(1000);
        s.Observe("beforeTimerDue", await s.StateAsync());
        await s.PassAsync(2800);
        s.Observe("afterTimerDue", await s.StateAsync());
    });

    [Fact]
    public Task timer_zero_delay() => Golden(async s =>
    {
        s.O(async context =>
        {
            await context.CreateTimer(TimeSpan.Zero, default);
            return new { context.IsReplaying };
        });
        await s.PlayAsync();
        s.Observe("episodes", s.Calls("O"));
    });

    [Fact]
    public Task timer_past_deadline() => Golden(async s =>
    {
        s.O(async context =>
        {
            Task timer = context.CreateTimer(context.CurrentUtcDateTime - s_hour, default);
            s.Observe("completedImmediately", timer.IsCompleted && !context.IsReplaying);
            await timer;
            return "ok";
        });
        await s.PlayAsync();
        s.Observe("episodes", s.Calls("O"));
    });

    [Fact]
    public Task timer_negative_delay() => Golden(async s =>
    {
        s.O(async context =>
        {
            await s.CatchAsync(() => context.CreateTimer(TimeSpan.FromSeconds(-5), default));
            return "end";
        });
        await s.PlayAsync();
    });

    [Fact]
    public Task timers_complete_by_due_time() => Golden(async s =>
    {
        s.O(async context =>
        {
            Dictionary<Task, string> open = new[] { 900, 300, 600 }.ToDictionary(
                ms => context.CreateTimer(TimeSpan.FromMilliseconds(ms), default), ms => $"{ms}");
            List<string> order = [];
            while (open.Count > 0)
            {
                open.Remove(await Task.WhenAny(open.Keys), out string? name);
                order.Add(name!);
            }

            return order;
        });
        await s.PlayAsync();
    });

    [Fact]
    public Task timer_longer_than_maximum_interval() => Golden(async s =>
    {
        s.MaximumTimerInterval = TimeSpan.FromMilliseconds(400);
        s.O(async context =>
        {
            DateTime before = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromMilliseconds(1000), default);
            return new { notEarly = context.CurrentUtcDateTime - before >= TimeSpan.FromMilliseconds(1000) };
        });
        await s.PlayAsync();
        s.Observe("episodes", s.Calls("O"));
    });

    private static void TimerOrEvent(Scenario s, TimeSpan delay) => s.O(async context =>
    {
        using CancellationTokenSource source = new();
        Task timer = context.CreateTimer(delay, source.Token);
        Task<string> received = context.WaitForExternalEvent<string>("E");
        if (await Task.WhenAny(timer, received) != received)
            return "timeout";
        source.Cancel();
        return await received;
    });
}
