namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed class EventTimeoutScenarios : GoldenTest
{
    private static readonly TimeSpan s_300Ms = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_1500Ms = TimeSpan.FromMilliseconds(1500);

    [Fact]
    public Task event_wait_timeout_exception() => Golden(async s =>
    {
        s.O(async context =>
        {
            await s.CatchAsync(() => context.WaitForExternalEvent<string>("E", s_300Ms));
            return "end";
        });
        await s.PlayAsync();
    });

    [Fact]
    public Task event_wait_timeout_uncaught() => Golden(async s =>
    {
        s.O(async context => await context.WaitForExternalEvent<string>("E", s_300Ms));
        await s.PlayAsync();
    });

    [Fact]
    public Task event_wait_timeout_not_reached() => Golden(async s =>
    {
        s.O(async context => await context.WaitForExternalEvent<string>("E", TimeSpan.FromSeconds(20)));
        await s.StartAndSettleAsync();
        DateTime before = s.Now;
        await s.RaiseAsync("E", "in time");
        await s.FinishAsync();
        Assert.True(s.Now - before < TimeSpan.FromSeconds(19), "the timer of the time-out kept the instance open");
    });

    [Fact]
    public Task event_timed_out_waiter_swallows_next() => Golden(async s =>
    {
        TimedOutThenAgain(s, s_1500Ms);
        await s.StartAndSettleAsync();
        await s.PassAsync(300);
        await s.RaiseAsync("E", "one");
        await s.RaiseAsync("Go");
        await s.SettleAsync();
        await s.RaiseAsync("E", "two");
        await s.FinishAsync();
    });

    [Fact]
    public Task event_timed_out_waiter_and_one_later_event() => Golden(async s =>
    {
        TimedOutThenAgain(s, TimeSpan.FromMilliseconds(700));
        await s.StartAndSettleAsync();
        await s.PassAsync(300);
        await s.RaiseAsync("E", "only");
        await s.RaiseAsync("Go");
        await s.FinishAsync();
    });

    [Fact]
    public Task event_new_waiter_on_top_of_timed_out_waiter() => Golden(async s =>
    {
        Gate gate = s.Slow();
        s.O(async context =>
        {
            await EventScenarios.OrAsync(() => context.WaitForExternalEvent<string>("E", s_300Ms), "");
            string a = await context.WaitForExternalEvent<string>("E");
            await context.CallActivityAsync("Slow");
            return new[] { a, await EventScenarios.OrAsync(() => context.WaitForExternalEvent<string>("E", s_1500Ms), "b timed out") };
        });
        await s.StartAndSettleAsync();
        await s.PassAsync(300);
        await s.RaiseAsync("E", "one");
        await s.SettleAsync();
        await s.RaiseAsync("E", "two");
        gate.Open();
        await s.SettleAsync();
        await s.RaiseAsync("E", "three");
        await s.FinishAsync();
    });

    [Fact]
    public Task event_wait_with_cancellation_token() => Golden(async s =>
    {
        s.O(async context =>
        {
            using CancellationTokenSource source = new();
            Task<string> waiter = context.WaitForExternalEvent<string>("E", source.Token);
            source.Cancel();
            await s.CatchAsync(() => waiter);
            return await EventScenarios.OrAsync(() => context.WaitForExternalEvent<string>("E", TimeSpan.FromMilliseconds(700)), "timed out");
        });
        await s.StartAndSettleAsync();
        await s.RaiseAsync("E", "v");
        await s.FinishAsync();
    });

    [Fact]
    public Task event_wait_any_loop_over_same_name() => Golden(async s =>
    {
        s.O(async context =>
        {
            for (int round = 1; ; round++)
            {
                using CancellationTokenSource source = new();
                Task<int> waiter = context.WaitForExternalEvent<int>("E");
                Task timer = context.CreateTimer(s_300Ms, source.Token);
                if (await Task.WhenAny(waiter, timer) != waiter)
                    continue;
                source.Cancel();
                return new { value = await waiter, round };
            }
        });
        await s.StartAsync();
        await s.PassAsync(700);
        await s.RaiseAsync("E", 7);
        await s.FinishAsync();
    });

    private static void TimedOutThenAgain(Scenario s, TimeSpan again) => s.O(async context =>
    {
        await EventScenarios.OrAsync(() => context.WaitForExternalEvent<string>("E", s_300Ms), "");
        await context.WaitForExternalEvent<string>("Go");
        return await EventScenarios.OrAsync(() => context.WaitForExternalEvent<string>("E", again), "second timed out");
    });
}
