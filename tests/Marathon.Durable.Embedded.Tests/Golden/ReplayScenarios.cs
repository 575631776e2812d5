using Microsoft.Extensions.Logging;

namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed class ReplayScenarios : GoldenTest
{
    [Fact]
    public Task current_utc_datetime() => Golden(async s =>
    {
        Dictionary<string, List<DateTime>> seen = [];
        s.A("Wait150", () => s.SleepAsync(150));
        s.O(async context =>
        {
            DateTime t1 = See("t1");
            Thread.Sleep(60);
            DateTime t2 = See("t2");
            await context.CallActivityAsync("Wait150");
            DateTime t3 = See("t3");
            await context.CreateTimer(TimeSpan.FromMilliseconds(200), default);
            DateTime t4 = See("t4");
            return new { sameWithinEpisode = t1 == t2, advancedAfterActivity = t3 > t2, advancedAfterTimer = t4 > t3, kind = t1.Kind.ToString() };

            DateTime See(string name)
            {
                if (!seen.TryGetValue(name, out List<DateTime>? times))
                    seen[name] = times = [];
                times.Add(context.CurrentUtcDateTime);
                return context.CurrentUtcDateTime;
            }
        });
        await s.PlayAsync();
        s.Observe("equalInAllReplays", seen.ToDictionary(times => times.Key, times => times.Value.Distinct().Count() == 1));
        s.Observe("timesObserved", seen.ToDictionary(times => times.Key, times => times.Value.Count));
    });

    [Fact]
    public Task new_guid() => Golden(async s =>
    {
        List<Guid> first = [], second = [];
        s.Ok();
        s.O(async context =>
        {
            Guid g1 = context.NewGuid(), g2 = context.NewGuid();
            first.Add(g1);
            second.Add(g2);
            await context.CallActivityAsync("Ok");
            Guid g3 = context.NewGuid();
            string text = g1.ToString();
            return new { allDifferent = g1 != g2 && g2 != g3 && g1 != g3, version = text[14].ToString(), variantIs8To9OrAToB = "89ab".Contains(text[19], StringComparison.Ordinal) };
        });
        await s.PlayAsync();
        s.Observe("g1EqualInAllReplays", first.Distinct().Count() == 1);
        s.Observe("g2EqualInAllReplays", second.Distinct().Count() == 1);
        s.Observe("timesG1Observed", first.Count);
    });

    [Fact]
    public Task is_replaying_sequence() => Golden(async s =>
    {
        List<string> sequence = [];
        s.Ok();
        s.O(_ => Task.FromResult("c"), "Child");
        s.O(async context =>
        {
            At("A");
            await context.CallActivityAsync("Ok");
            At("B");
            await context.CallSubOrchestratorAsync("Child");
            At("C");
            await context.CreateTimer(TimeSpan.FromMilliseconds(200), default);
            At("D");
            return "end";

            void At(string point) => sequence.Add($"{point}={context.IsReplaying}");
        });
        await s.PlayAsync();
        s.Observe("sequence", sequence);
    });

    [Fact]
    public Task replay_safe_logger() => Golden(async s =>
    {
        s.Ok();
        s.O(async context =>
        {
            ILogger log = context.CreateReplaySafeLogger("user");
            log.LogInformation("one");
            await context.CallActivityAsync("Ok");
            log.LogInformation("two");
            await context.CallActivityAsync("Ok");
            log.LogInformation("three");
            return "end";
        });
        await s.PlayAsync();
        s.Observe("logged", s.Log.Of("user"));
        s.Observe("orchestratorEntries", s.Calls("O"));
    });

    [Fact]
    public Task replay_episode_count() => Golden(async s =>
    {
        s.Ok();
        s.O(async context =>
        {
            for (int i = 0; i < 5; i++)
                await context.CallActivityAsync("Ok");
            return "end";
        });
        await s.PlayAsync();
        s.Observe("orchestratorEntries", s.Calls("O"));
        s.Observe("activityRuns", s.Calls("Ok"));
    });

    [Fact]
    public Task await_on_non_durable_task() => Golden(async s =>
    {
        s.Ok();
        s.O(async context =>
        {
            await context.CallActivityAsync("Ok");
            await Task.Delay(200);
            return "end";
        });
        await s.StartAsync();
        await Task.Delay(400);
        await s.PassAsync(3000);
        await s.ReadAsync();
        s.Observe("neverCompletedWithinSeconds", 3);
    });

    [Fact]
    public Task long_history() => Golden(async s =>
    {
        s.A<int, int>("Add", i => Task.FromResult(i + 1));
        s.O(async context =>
        {
            int value = 0;
            for (int i = 0; i < 300; i++)
                value = await context.CallActivityAsync<int>("Add", value);
            return value;
        });
        await s.PlayAsync();
        s.Observe("activityRuns", s.Calls("Add"));
    });

    [Fact]
    public Task empty_orchestrator_metadata() => Golden(async s =>
    {
        s.O(context => Task.FromResult(new { name = context.Name.Name, context.InstanceId, version = (string?)null, parentIsNull = context.Parent is null }));
        await s.PlayAsync();
    });
}
