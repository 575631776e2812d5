namespace Marathon.Durable.Embedded.Tests.Golden;

/// <summary>The orchestrator's code differs between its first episode and every later one.</summary>
public sealed class NonDeterminismScenarios : GoldenTest
{
    private static readonly TaskOptions s_kid = new TaskOptions().WithInstanceId("kid");

    [Fact]
    public Task nondeterminism_activity_name() => Golden(s => ChangeAsync(s, c => c.CallActivityAsync("A"), c => c.CallActivityAsync("B")));

    [Fact]
    public Task nondeterminism_activity_became_timer() => Golden(s => ChangeAsync(
        s, c => c.CallActivityAsync("A"), c => c.CreateTimer(TimeSpan.FromMilliseconds(50), default)));

    [Fact]
    public Task nondeterminism_timer_became_activity() => Golden(s => ChangeAsync(
        s, c => c.CreateTimer(TimeSpan.FromMilliseconds(200), default), c => c.CallActivityAsync("A")));

    [Fact]
    public Task nondeterminism_activity_removed() => Golden(s => ChangeAsync(s, c => c.CallActivityAsync("A"), _ => Task.CompletedTask));

    [Fact]
    public Task nondeterminism_sub_orchestration_name() => Golden(s => ChangeAsync(
        s, c => c.CallSubOrchestratorAsync("Kid", s_kid), c => c.CallSubOrchestratorAsync("Kid2", s_kid)));

    [Fact]
    public Task nondeterminism_activity_became_sub_orchestration() => Golden(s => ChangeAsync(
        s, c => c.CallActivityAsync("A"), c => c.CallSubOrchestratorAsync("Kid", s_kid)));

    [Fact]
    public Task nondeterminism_activity_input_changed() => Golden(s => ChangeAsync(
        s, c => c.CallActivityAsync("A", 1), c => c.CallActivityAsync("A", 2)));

    [Fact]
    public Task nondeterminism_extra_activity_appended() => Golden(s => ChangeAsync(
        s,
        c => c.CallActivityAsync("A"),
        async c =>
        {
            await c.CallActivityAsync("A");
            await c.CallActivityAsync("B");
        }));

    [Fact]
    public Task nondeterminism_caught_by_orchestrator() => Golden(s => ChangeAsync(
        s,
        c => c.CallActivityAsync("A"),
        async c =>
        {
            try
            {
                await c.CallActivityAsync("B");
            }
            catch
            {
                // Swallows everything, as the scenario wants.
            }
        }));

    private static async Task ChangeAsync(Scenario s, Func<OrchestrationContext, Task> first, Func<OrchestrationContext, Task> later)
    {
        s.Ok("A");
        s.Ok("B");
        s.O(_ => Task.FromResult("k"), "Kid");
        s.O(_ => Task.FromResult("k"), "Kid2");
        s.O(async context =>
        {
            await (s.Calls("O") == 1 ? first(context) : later(context));
            return "end";
        });
        await s.PlayAsync();
    }
}
