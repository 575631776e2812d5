using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Tests.Engine;

public sealed class LongOrchestrationTests
{
    [Fact]
    public async Task AWeekOfHourlyWork_TakesAsLongAsItsWork()
    {
        await using EngineFixture engine = new();
        int ticks = 0;
        engine.Registry.AddActivityFunc<int>("Tick", (_, _) => Interlocked.Increment(ref ticks));
        engine.Registry.AddOrchestratorFunc<DateTime?, DateTime>("Week", async (context, end) =>
        {
            end ??= context.CurrentUtcDateTime.AddDays(7);
            for (int hour = 0; hour < 24 && context.CurrentUtcDateTime < end; hour++)
            {
                await context.CreateTimer(TimeSpan.FromHours(1), default);
                await context.CallActivityAsync("Tick");
            }

            if (context.CurrentUtcDateTime < end)
                context.ContinueAsNew(end);
            return context.CurrentUtcDateTime;
        });
        await engine.StartAsync();
        DateTime start = engine.Time.GetUtcNow().UtcDateTime;
        await engine.ScheduleAsync("Week");
        DateTime end = (await engine.EndAsync()).ReadOutputAs<DateTime>();
        Assert.InRange(ticks, 167, 168);
        Assert.InRange(end - start, TimeSpan.FromDays(7), TimeSpan.FromDays(7) + TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task ATimerOfAMonth_IsSplitIntoThreeDays()
    {
        await using EngineFixture engine = new();
        engine.Registry.AddOrchestratorFunc("O", async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(30), default);
            return "done";
        });
        await engine.StartAsync();
        await engine.ScheduleAsync("O");
        await engine.EndAsync();
        IList<HistoryEvent> history = await engine.Client.GetOrchestrationHistoryAsync("i1");
        Assert.Equal(10, history.OfType<TimerCreatedEvent>().Count());
        Assert.Equal(Enumerable.Range(0, 10), history.OfType<TimerCreatedEvent>().Select(timer => timer.EventId));
    }

    [Fact]
    public async Task AFanOutOf5000Activities_IsOneCommitAndCompletes()
    {
        await using EngineFixture engine = new();
        engine.Registry.AddActivityFunc<int, int>("Same", (_, i) => i);
        engine.Registry.AddOrchestratorFunc("O", async context =>
            (await Task.WhenAll(Enumerable.Range(0, 5000).Select(i => context.CallActivityAsync<int>("Same", i)))).Sum());
        await engine.StartAsync();
        await engine.ScheduleAsync("O");
        Assert.Equal(5000 * 4999 / 2, (await engine.EndAsync()).ReadOutputAs<int>());
    }

    [Fact]
    public async Task ATimerCancelledInALoop_LeavesNothingBehind()
    {
        await using EngineFixture engine = new();
        engine.Registry.AddActivityFunc("Ok", _ => 1);
        engine.Registry.AddOrchestratorFunc("O", async context =>
        {
            for (int i = 0; i < 50; i++)
            {
                using CancellationTokenSource tick = new();
                Task timer = context.CreateTimer(TimeSpan.FromDays(300), tick.Token);
                await Task.WhenAny(timer, context.CallActivityAsync("Ok"));
                tick.Cancel();
            }

            return context.CurrentUtcDateTime;
        });
        await engine.StartAsync();
        DateTime start = engine.Time.GetUtcNow().UtcDateTime;
        await engine.ScheduleAsync("O");
        DateTime end = (await engine.EndAsync()).ReadOutputAs<DateTime>();
        Assert.True(end - start < TimeSpan.FromDays(1), $"the clock had to advance by {end - start}");
        Assert.Equal(0, Sqlite.Count(engine, "Timers"));
    }

    private static class Sqlite
    {
        public static long Count(EngineFixture engine, string table)
        {
            engine.Host!.StopAsync().GetAwaiter().GetResult();
            using Microsoft.Data.Sqlite.SqliteConnection connection = new($"Data Source={engine.DatabasePath};Mode=ReadOnly;Pooling=False");
            connection.Open();
            using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT count(*) FROM {table}";
            return (long)command.ExecuteScalar()!;
        }
    }
}
