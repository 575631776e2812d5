using Marathon.Durable.Embedded.Engine;
using Marathon.Durable.Embedded.Replay;
using Marathon.Durable.Embedded.Storage;
using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Tests.Engine;

public sealed class ContinueAsNewTests
{
    [Fact]
    public async Task ATimerCancelledAtTheEndOfAGeneration_DoesNotKeepTheNextFromUsingItsId()
    {
        await using EngineFixture engine = new();
        engine.Registry.AddOrchestratorFunc<int, TimeSpan>("O", async (context, generation) =>
        {
            DateTime before = context.CurrentUtcDateTime;
            using CancellationTokenSource source = new();
            Task cancelled = context.CreateTimer(TimeSpan.FromDays(1), source.Token);
            if (generation == 2)
            {
                await cancelled;
                return context.CurrentUtcDateTime - before;
            }

            await context.CreateTimer(TimeSpan.FromMinutes(1), default);
            source.Cancel();
            context.ContinueAsNew(generation + 1);
            return default;
        });
        await engine.StartAsync();
        await engine.ScheduleAsync("O", 0);
        TimeSpan waited = (await engine.EndAsync()).ReadOutputAs<TimeSpan>();
        Assert.InRange(waited, TimeSpan.FromDays(1), TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void ATimerThatFiredAsItsGenerationEnded_IsNotTheNextGenerations()
    {
        InstanceHead head = new(1, "i1", "first", "O");
        InstanceSlot slot = new(head, needsStart: false);
        slot.Deliver(Fired(1), "first");
        slot.Take();
        slot.Deliver(Fired(2), "first");
        slot.Deliver(new InboxItem(7, new EventRaisedEvent(-1, default, "E", null)));
        slot.Advance(head with { ExecutionId = "second" }, new NextGeneration(null, []));
        slot.Deliver(Fired(3), "first");
        slot.Deliver(Fired(4), "second");
        Assert.Equal(["E", "4"], slot.Take().Items.Select(item =>
            item.Event is TimerFiredEvent fired ? $"{fired.TimerId}" : ((EventRaisedEvent)item.Event).Name));

        static InboxItem Fired(int id) => new(0, new TimerFiredEvent(-1, default, id, default));
    }

    [Fact]
    public async Task ASuspensionThatArrivesWithTheLastEventOfAGeneration_HoldsForTheNext()
    {
        await using EngineFixture engine = new();
        engine.Registry.AddOrchestratorFunc<int, string>("O", async (context, generation) =>
        {
            if (generation == 1)
                return await context.WaitForExternalEvent<string>("End");
            await context.WaitForExternalEvent<string>("Next");
            context.ContinueAsNew(generation + 1);
            return "";
        });
        await engine.StartAsync();
        await engine.ScheduleAsync("O", 0, startAt: engine.Time.GetUtcNow().AddHours(1));
        await engine.Client.RaiseEventAsync("i1", "Next", "now");
        await engine.Client.SuspendInstanceAsync("i1");
        await engine.Time.AdvanceAsync(TimeSpan.FromHours(2));
        await engine.Client.RaiseEventAsync("i1", "End", "end");
        await engine.Time.IdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, await engine.StatusAsync());
        await engine.Client.ResumeInstanceAsync("i1");
        Assert.Equal("end", (await engine.EndAsync()).ReadOutputAs<string>());
    }
}
