namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed class SendEventScenarios : GoldenTest
{
    [Fact]
    public Task send_event_between_instances() => Golden(async s =>
    {
        s.O(context => context.WaitForExternalEvent<Point>("Ping"), "Receiver");
        s.O(context =>
        {
            context.SendEvent("rx", "Ping", new Point(1, 2));
            return Task.FromResult("sent");
        });
        await s.StartAndSettleAsync(null, "rx", "Receiver");
        await s.PlayAsync();
        s.Observe("receiver", await s.EndAsync("rx"));
    });

    [Fact]
    public Task send_event_to_absent_and_completed() => Golden(async s =>
    {
        s.O(_ => Task.FromResult("f"), "F");
        s.O(context =>
        {
            context.SendEvent("nobody", "E", 1);
            context.SendEvent("finished", "E", 1);
            return Task.FromResult("sent");
        });
        await s.StartAsync(null, "finished", "F");
        await s.EndAsync("finished");
        await s.PlayAsync();
        await s.SettleAsync();
        s.Observe("finishedState", await s.StateAsync("finished"));
        s.Observe("nobodyState", await s.StateAsync("nobody"));
    });

    [Fact]
    public Task send_event_to_self() => Golden(async s =>
    {
        s.O(context =>
        {
            context.SendEvent(context.InstanceId, "E", "me");
            return EventScenarios.OrAsync(() => context.WaitForExternalEvent<string>("E", TimeSpan.FromSeconds(3)), "timed out");
        });
        await s.PlayAsync();
    });

    [Fact]
    public Task send_event_order_many() => Golden(async s =>
    {
        s.O(
            async context =>
            {
                List<int> received = [];
                while (received.Count < 10)
                    received.Add(await context.WaitForExternalEvent<int>("E"));
                return received;
            },
            "Rx");
        s.O(context =>
        {
            for (int i = 0; i < 10; i++)
                context.SendEvent("rx", "E", i);
            return Task.FromResult<object?>(null);
        });
        await s.StartAndSettleAsync(null, "rx", "Rx");
        await s.StartAsync();
        await s.FinishAsync("rx");
    });

    [Fact]
    public Task send_event_is_sent_once() => Golden(async s =>
    {
        s.Ok();
        s.O(
            async context =>
            {
                await context.WaitForExternalEvent<int>("E");
                Task<int> second = context.WaitForExternalEvent<int>("E", TimeSpan.FromMilliseconds(1200));
                return await EventScenarios.OrAsync(async () => $"second {await second}", "no second event");
            },
            "Rx");
        s.O(async context =>
        {
            context.SendEvent("rx", "E", 1);
            for (int i = 0; i < 3; i++)
                await context.CallActivityAsync("Ok");
            return "sent";
        });
        await s.StartAndSettleAsync(null, "rx", "Rx");
        await s.PlayAsync();
        s.Observe("receiver", await s.EndAsync("rx"));
    });
}
