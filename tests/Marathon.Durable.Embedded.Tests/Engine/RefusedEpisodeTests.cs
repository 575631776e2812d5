using Microsoft.Data.Sqlite;

namespace Marathon.Durable.Embedded.Tests.Engine;

/// <summary>What the database refuses for good ends the instance to blame, and no other.</summary>
public sealed class RefusedEpisodeTests
{
    [Fact]
    public async Task Episode_RefusedByAConstraint_FailsItsInstanceAndTellsItsParent()
    {
        await using EngineFixture engine = new();
        engine.Registry.AddOrchestratorFunc("Timer", async context =>
        {
            await context.CreateTimer(TimeSpan.FromMinutes(1), default);
            return "never";
        });
        engine.Registry.AddOrchestratorFunc("Parent", async context =>
        {
            try
            {
                return await context.CallSubOrchestratorAsync<string>("Timer");
            }
            catch (TaskFailedException error)
            {
                return error.FailureDetails!.ErrorMessage;
            }
        });
        engine.Registry.AddOrchestratorFunc("Event", context => context.WaitForExternalEvent<string>("E"));
        await engine.StartAsync();
        await engine.Host!.DisposeAsync();
        Execute(engine.DatabasePath, "CREATE TRIGGER NoTimers BEFORE INSERT ON Timers BEGIN SELECT RAISE(ABORT, 'no timers today'); END");
        await engine.StartAsync();

        await engine.ScheduleAsync("Timer", id: "timer");
        await engine.ScheduleAsync("Parent", id: "parent");
        await engine.ScheduleAsync("Event", id: "event");
        OrchestrationMetadata timer = await engine.EndAsync("timer");
        OrchestrationMetadata parent = await engine.EndAsync("parent");
        await engine.Client.RaiseEventAsync("event", "E", "v");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, timer.RuntimeStatus);
        Assert.Contains("no timers today", timer.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("no timers today", parent.ReadOutputAs<string>(), StringComparison.Ordinal);
        Assert.Equal("v", (await engine.EndAsync("event")).ReadOutputAs<string>());

        await engine.RestartAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Failed, await engine.StatusAsync("timer"));
    }

    private static void Execute(string path, string sql)
    {
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
