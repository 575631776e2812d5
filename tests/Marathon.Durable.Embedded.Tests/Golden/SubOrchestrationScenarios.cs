using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed class SubOrchestrationScenarios : GoldenTest
{
    private static readonly TaskOptions s_kid = new TaskOptions().WithInstanceId("kid");

    [Fact]
    public Task sub_orchestration_default_id() => Golden(async s =>
    {
        JsonObject? parent = null;
        s.O<int, string>(
            (context, input) =>
            {
                parent = new() { ["parentName"] = context.Parent!.Name.Name, ["parentInstanceId"] = context.Parent.InstanceId, ["input"] = input };
                return Task.FromResult(context.InstanceId);
            },
            "Child");
        s.O(async context =>
        {
            string a = await context.CallSubOrchestratorAsync<string>("Child", 5);
            string b = await context.CallSubOrchestratorAsync<string>("Child", 6);
            return new { a, b, different = a != b };
        });
        await s.PlayAsync();
        string output = (await s.Client.GetInstanceAsync("i1", true))!.SerializedOutput!;
        s.Observe("output", Regex.Replace(output, "\"[0-9a-f]{32}\"", "\"<guid32>\""));
        s.Observe("childRuns", s.Calls("Child"));
        s.Observe("parentSeenBySecondChild", parent);
    });

    [Fact]
    public Task sub_orchestration_explicit_id() => Golden(async s =>
    {
        s.O<string, string>((context, input) => Task.FromResult($"{context.InstanceId}/{input}"), "Child");
        s.O(context =>
        {
            s.Observe("topLevelParentIsNull", context.Parent is null);
            return context.CallSubOrchestratorAsync<string>("Child", "in", new SubOrchestrationOptions(instanceId: "kid-1"));
        });
        await s.PlayAsync();
        s.Observe("childState", await s.StateAsync("kid-1"));
    });

    [Fact]
    public Task sub_orchestration_failure() => Golden(async s =>
    {
        s.O<object?>(async _ => throw new InvalidOperationException("child kaput"), "Child");
        await CaughtAsync(s, "Child", "recovered");
    });

    [Fact]
    public Task sub_orchestration_failure_chain() => Golden(async s =>
    {
        s.Throws("Boom", () => new InvalidOperationException("kaput"));
        s.O(context => context.CallActivityAsync<object>("Boom"), "Child");
        s.O(context => context.CallSubOrchestratorAsync<object>("Child", s_kid));
        await s.PlayAsync();
        s.Observe("childState", await s.StateAsync("kid"));
    });

    [Fact]
    public Task sub_orchestration_unregistered() => Golden(s => CaughtAsync(s, "Nope", "x"));

    [Fact]
    public Task sub_orchestration_child_terminated() => Golden(async s =>
    {
        s.O(context => context.WaitForExternalEvent<string>("E"), "Child");
        Catching(s, "Child", "recovered");
        await s.StartAndSettleAsync();
        await s.Client.TerminateInstanceAsync("kid", "bye");
        await s.FinishAsync();
        s.Observe("childState", await s.StateAsync("kid"));
    });

    [Fact]
    public Task sub_orchestration_child_terminated_uncaught() => Golden(async s =>
    {
        s.O(context => context.WaitForExternalEvent<string>("E"), "Child");
        s.O(context => context.CallSubOrchestratorAsync<string>("Child", s_kid));
        await s.StartAndSettleAsync();
        await s.Client.TerminateInstanceAsync("kid", "bye");
        await s.FinishAsync();
        s.Observe("childState", await s.StateAsync("kid"));
        s.Leave("output", "the reference host trips over the missing details of a termination");
        s.Leave("failure", "the reference host trips over the missing details of a termination");
    });

    [Fact]
    public Task sub_orchestration_same_id_in_sequence() => Golden(async s =>
    {
        List<string> inputs = [];
        s.O<int, int>(
            (_, input) =>
            {
                inputs.Add($"{input}");
                return Task.FromResult(input * 10);
            },
            "Child");
        s.O(async context => new[]
        {
            await context.CallSubOrchestratorAsync<int>("Child", 1, s_kid),
            await context.CallSubOrchestratorAsync<int>("Child", 2, s_kid),
        });
        await s.PlayAsync();
        s.Observe("childRunInputs", inputs);
        s.Observe("childState", await s.StateAsync("kid"));
    });

    [Fact]
    public Task sub_orchestration_continue_as_new() => Golden(async s =>
    {
        List<string> runs = [];
        s.O<int, int>(
            (context, n) =>
            {
                runs.Add($"{n}/parent={context.Parent?.InstanceId}");
                if (n >= 3)
                    return Task.FromResult(n * 100);
                context.ContinueAsNew(n + 1);
                return Task.FromResult(-1);
            },
            "Child");
        s.O(context => context.CallSubOrchestratorAsync<int>("Child", 0, s_kid));
        await s.PlayAsync();
        s.Observe("childRuns", runs);
        s.Observe("childState", await s.StateAsync("kid"));
    });

    [Fact]
    public Task sub_orchestration_fan_out() => Golden(async s =>
    {
        s.A<int, int>("Sq", i => Task.FromResult(i * i));
        s.O<int, int>((context, i) => context.CallActivityAsync<int>("Sq", i), "Child");
        s.O(context => Task.WhenAll(Enumerable.Range(0, 10).Select(i => context.CallSubOrchestratorAsync<int>("Child", i))));
        await s.PlayAsync();
    });

    [Fact]
    public Task sub_orchestration_not_awaited() => Golden(async s =>
    {
        s.O(context => context.WaitForExternalEvent<string>("Go"), "Child");
        s.O(context =>
        {
            _ = context.CallSubOrchestratorAsync<string>("Child", s_kid);
            return Task.FromResult("done");
        });
        await s.StartAsync();
        await s.PassAsync(1000);
        s.Observe("parentWhileChildRuns", await s.StateAsync());
        await s.RaiseAsync("Go", "went", "kid");
        s.Observe("childState", await s.EndAsync("kid"));
        await s.FinishAsync();
    });

    private static void Catching(Scenario s, string child, string result) => s.O(async context =>
    {
        await s.CatchAsync(() => context.CallSubOrchestratorAsync(child, null, s_kid));
        return result;
    });

    private static async Task CaughtAsync(Scenario s, string child, string result)
    {
        Catching(s, child, result);
        await s.PlayAsync();
        s.Observe("childState", await s.StateAsync("kid"));
    }
}
