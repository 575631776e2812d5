namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed class CustomStatusScenarios : GoldenTest
{
    [Fact]
    public Task custom_status_visible_while_running() => Golden(async s =>
    {
        s.O(async context =>
        {
            context.SetCustomStatus(new { step = 1 });
            await context.WaitForExternalEvent<object>("Go1");
            context.SetCustomStatus("two");
            await context.WaitForExternalEvent<object>("Go2");
            return "end";
        });
        await s.StartAndSettleAsync();
        s.Observe("first", await s.StateAsync());
        await s.RaiseAsync("Go1");
        await s.SettleAsync();
        s.Observe("second", await s.StateAsync());
        await s.RaiseAsync("Go2");
        s.Observe("end", await s.EndAsync());
    });

    [Fact]
    public Task custom_status_last_wins_and_null_clears() => Golden(async s =>
    {
        s.O(async context =>
        {
            context.SetCustomStatus("a");
            context.SetCustomStatus("b");
            await context.WaitForExternalEvent<object>("Go1");
            context.SetCustomStatus(null);
            await context.WaitForExternalEvent<object>("Go2");
            return "end";
        });
        await s.StartAndSettleAsync();
        s.Observe("first", await CustomStatusAsync());
        await s.RaiseAsync("Go1");
        await s.SettleAsync();
        s.Observe("afterNull", await CustomStatusAsync());
        await s.RaiseAsync("Go2");
        await s.EndAsync();
        s.Observe("end", await CustomStatusAsync());

        async Task<string?> CustomStatusAsync() => (await s.Client.GetInstanceAsync("i1", true))!.SerializedCustomStatus;
    });

    [Fact]
    public Task custom_status_set_just_before_return() => Golden(async s =>
    {
        s.Ok();
        s.O(async context =>
        {
            await context.CallActivityAsync("Ok");
            context.SetCustomStatus("last");
            return "end";
        });
        await s.PlayAsync();
    });

    [Fact]
    public Task custom_status_kept_on_failure() => Golden(async s =>
    {
        s.O<object?>(async context =>
        {
            await Task.CompletedTask;
            context.SetCustomStatus("almost");
            throw new InvalidOperationException("x");
        });
        await s.PlayAsync();
    });

    [Fact]
    public Task custom_status_kept_on_terminate() => Golden(async s =>
    {
        s.O(context =>
        {
            context.SetCustomStatus("waiting");
            return context.WaitForExternalEvent<object>("Never");
        });
        await s.StartAndSettleAsync();
        await s.Client.TerminateInstanceAsync("i1", "t");
        await s.FinishAsync();
    });
}
