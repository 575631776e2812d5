namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed class ContinueAsNewOpenTaskScenarios : GoldenTest
{
    [Fact]
    public Task continue_as_new_with_pending_timer() => Golden(async s =>
    {
        int entries = 0;
        bool began = false;
        s.O<int, string>(async (context, n) =>
        {
            if (n == 1)
            {
                began = true;
                return "gen 1";
            }

            entries++;
            _ = context.CreateTimer(TimeSpan.FromSeconds(2), default);
            await context.WaitForExternalEvent<object>("Go");
            context.ContinueAsNew(1);
            return "";
        });
        await s.StartAndSettleAsync(0);
        await s.RaiseAsync("Go");
        await s.PassAsync(800);
        s.Observe("generation1BeganBeforeOldTimerDue", began);
        s.Observe("stateBeforeOldTimerDue", await s.StateAsync());
        await s.FinishAsync();
        s.Observe("generation0Entries", entries);
    });

    [Fact]
    public Task continue_as_new_with_cancelled_timer() => Golden(async s =>
    {
        s.O<int, string>(async (context, n) =>
        {
            if (n == 1)
                return "gen 1";
            using CancellationTokenSource source = new();
            _ = context.CreateTimer(TimeSpan.FromHours(1), source.Token);
            await context.WaitForExternalEvent<object>("Go");
            source.Cancel();
            context.ContinueAsNew(1);
            return "";
        });
        await s.StartAndSettleAsync(0);
        await s.RaiseAsync("Go");
        await s.FinishAsync();
    });

    [Fact]
    public Task continue_as_new_with_running_activity() => Golden(async s =>
    {
        Gate gate = s.Slow("slow");
        bool began = false;
        s.O<int, string>(async (context, n) =>
        {
            if (n == 1)
            {
                began = true;
                return "gen 1";
            }

            _ = context.CallActivityAsync<string>("Slow");
            await context.WaitForExternalEvent<object>("Go");
            context.ContinueAsNew(1);
            return "";
        });
        await s.StartAndSettleAsync(0);
        await s.RaiseAsync("Go");
        await s.PassAsync(1000);
        s.Observe("generation1BeganWhileOldActivityRan", began);
        s.Observe("stateWhileOldActivityRan", await s.StateAsync());
        gate.Open();
        await s.FinishAsync();
    });

    [Fact]
    public Task continue_as_new_with_activity_scheduled_same_episode() => Golden(async s =>
    {
        s.Ok("Fire");
        s.O<int, string>(async (context, n) =>
        {
            if (n == 1)
            {
                await context.CreateTimer(TimeSpan.FromMilliseconds(500), default);
                return "end";
            }

            _ = context.CallActivityAsync("Fire");
            context.ContinueAsNew(1);
            return "";
        });
        await s.PlayAsync(0);
        s.Observe("fireRan", s.Calls("Fire"));
    });

    [Fact]
    public Task continue_as_new_with_open_child() => Golden(async s =>
    {
        bool began = false;
        s.Ok();
        s.O(
            async context =>
            {
                await context.WaitForExternalEvent<object>("Fin");
                return "f";
            },
            "Child");
        s.O<int, string>(async (context, n) =>
        {
            if (n == 1)
            {
                began = true;
                return "gen 1";
            }

            _ = context.CallSubOrchestratorAsync("Child", new TaskOptions().WithInstanceId("kid"));
            await context.CallActivityAsync("Ok");
            context.ContinueAsNew(1);
            return "";
        });
        await s.StartAsync(0);
        await s.PassAsync(1000);
        s.Observe("generation1BeganWhileChildRan", began);
        await s.RaiseAsync("Fin", null, "kid");
        s.Observe("childState", await s.EndAsync("kid"));
        await s.FinishAsync();
    });
}
