using Marathon.Controller.Http;
using Marathon.Controller.Tests.Loop;
using Marathon.Controller.Tests.World;
using Marathon.Scenarios;
using Marathon.Scenarios.TailRead;

namespace Marathon.Controller.Tests.Http;

/// <summary>Every operation on the loop in every state, with a run under way and without.</summary>
public sealed class LoopTransitionTests
{
    private static readonly string[] s_states = ["stopped", "running", "running with a run", "paused", "paused with a run", "stopping"];

    // What is not here is a conflict.
    private static readonly Dictionary<(string State, string Operation), string> s_allowed = new()
    {
        [("stopped", "start")] = "running",
        [("running", "pause")] = "paused",
        [("running", "stop")] = "stopped",
        [("running with a run", "pause")] = "paused",
        [("running with a run", "skip")] = "running",
        [("running with a run", "stop")] = "stopping",
        [("paused", "resume")] = "running",
        [("paused", "stop")] = "stopped",
        [("paused with a run", "resume")] = "running",
        [("paused with a run", "skip")] = "paused",
        [("paused with a run", "stop")] = "stopping",
    };

    public static TheoryData<string, string> Table()
    {
        TheoryData<string, string> table = [];
        foreach (string state in s_states)
        {
            foreach (string operation in new[] { "start", "pause", "resume", "skip", "stop" })
            {
                table.Add(state, operation);
            }
        }

        return table;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task An_operation_is_done_or_refused_as_the_state_says(string state, string operation)
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync(
            catalog: new ScenarioCatalog([new ScenarioDefinition<DeafScenario, TailReadConfig>("deaf", "", "")]));
        await BringToAsync(world, state);
        string before = (await world.LoopAsync()).State;

        (int status, string body) = await world.PostAsync($"api/loop/{operation}");

        if (s_allowed.TryGetValue((state, operation), out string? next))
        {
            Assert.True(status == 202, body);
            Assert.Equal(next, (await world.LoopAsync()).State);
        }
        else
        {
            Assert.Equal(409, status);
            Assert.Contains(state == "running" && operation == "skip" || state == "paused" && operation == "skip" ? "no run is under way" : before, body, StringComparison.Ordinal);
            Assert.Equal(before, (await world.LoopAsync()).State);
        }

        await AssertEndsAsync(world);
    }

    private static async Task BringToAsync(ControllerWorld world, string state)
    {
        bool withRun = state.EndsWith("run", StringComparison.Ordinal) || state == "stopping";
        (string, object)[] policy = withRun ? [] : [("schedule", "0 3 * * *")];
        await world.SetLoopAsync(LoopWorld.Entry("deaf", 3600, policy));
        if (state == "stopped")
        {
            return;
        }

        await world.StartLoopAsync();
        await world.Time.IdleAsync();
        if (withRun)
        {
            await world.UntilLoopAsync(loop => loop.RunId is not null, "a run");
            await world.UntilStateAsync((await world.LoopAsync()).RunId!, "loading");
        }

        if (state.StartsWith("paused", StringComparison.Ordinal))
        {
            await world.TellLoopAsync(Controller.Loop.LoopSignalKind.Pause);
        }
        else if (state == "stopping")
        {
            await world.TellLoopAsync(Controller.Loop.LoopSignalKind.Stop);
        }

        Assert.Equal(state.Split(' ')[0], (await world.LoopAsync()).State);
    }

    private static async Task AssertEndsAsync(ControllerWorld world)
    {
        if ((await world.LoopAsync()).State is not ("stopped" or "stopping"))
        {
            await world.PostAsync("api/loop/stop");
        }

        LoopSummary loop = await world.UntilLoopAsync(l => l.State == "stopped", "stopped");
        Assert.All(loop.History, v => Assert.Equal("interrupted", v.Outcome));
        Assert.Equal(world.Cluster.Provisions, world.Cluster.Releases);
        Assert.All(world.Fleet.Workers, w => Assert.False(w.Alive));
    }

    private sealed class DeafScenario : Scenario<TailReadConfig>
    {
        protected override Task WorkloadAsync(ScenarioContext<TailReadConfig> run) => new TaskCompletionSource().Task;
    }
}
