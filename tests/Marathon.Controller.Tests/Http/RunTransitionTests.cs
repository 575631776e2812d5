using Marathon.Controller.Orchestrations;
using Marathon.Controller.Runs;
using Marathon.Controller.Tests.World;
using Marathon.Reports;
using Marathon.Scenarios;
using Marathon.Scenarios.TailRead;
using Marathon.Scenarios.Toolkit;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Tests.Http;

/// <summary>Every operation on a run in every state: what is allowed, what comes of it, and that the run ends in order all the same.</summary>
public sealed class RunTransitionTests
{
    private static readonly string[] s_states = ["pending", "preparing", "warming", "loading", "draining", "paused", "interrupting", "cleaning", "finished"];

    // What is not here is a conflict.
    private static readonly Dictionary<(string State, string Operation), string> s_allowed = new()
    {
        [("pending", "interrupt")] = "finished",
        [("preparing", "interrupt")] = "interrupting",
        [("warming", "interrupt")] = "interrupting",
        [("loading", "interrupt")] = "interrupting",
        [("draining", "interrupt")] = "interrupting",
        [("paused", "interrupt")] = "interrupting",
        [("interrupting", "interrupt")] = "interrupting",
        [("warming", "pause")] = "paused",
        [("loading", "pause")] = "paused",
        [("paused", "resume")] = "loading",
        [("warming", "throughput")] = "warming",
        [("loading", "throughput")] = "loading",
        [("paused", "throughput")] = "paused",
    };

    private static readonly string[] s_striking = ["preparing", "warming", "loading", "draining", "paused"];

    public static TheoryData<string, string> Table()
    {
        TheoryData<string, string> table = [];
        foreach (string state in s_states)
        {
            foreach (string operation in new[] { "interrupt", "pause", "resume", "throughput" })
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
        await using ControllerWorld world = await ControllerWorld.StartAsync(catalog: Catalog());
        RunRecord run = await BringToAsync(world, state);
        DateTimeOffset told = world.Time.GetUtcNow();

        (int status, string body) = await TellAsync(world, run, operation);
        (int again, string _) = await TellAsync(world, run, operation);

        if (s_allowed.TryGetValue((state, operation), out string? next))
        {
            Assert.True(status == 202, body);
            // Interrupting lasts as long as the stage takes to stop.
            string now = await world.StateAsync(run.RunId);
            Assert.True(now == next || (operation == "interrupt" && now is "cleaning" or "finished"), now);
            Assert.Contains(again, (operation, now) is ("throughput", _) or ("interrupt", "interrupting") ? [202] : new[] { 202, 409 });
        }
        else
        {
            Assert.Equal((409, 409), (status, again));
            Assert.Contains($"is {state}", body, StringComparison.Ordinal);
            Assert.Equal(state, await world.StateAsync(run.RunId));
        }

        bool interrupted = state == "interrupting" || (operation == "interrupt" && status == 202);
        await EndAsync(world, run, interrupted, told);
    }

    public static TheoryData<string, RunSignalKind> Signals()
    {
        TheoryData<string, RunSignalKind> table = [];
        foreach (string state in s_states)
        {
            foreach (RunSignalKind kind in Enum.GetValues<RunSignalKind>())
            {
                table.Add(state, kind);
            }
        }

        return table;
    }

    /// <summary>What operators are told is checked before their signal gets there; and nobody checks what befalls a run.</summary>
    [Theory]
    [MemberData(nameof(Signals))]
    public async Task A_signal_is_obeyed_or_changes_nothing_as_the_state_says(string state, RunSignalKind kind)
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync(catalog: Catalog());
        RunRecord run = await BringToAsync(world, state);

        await world.TellAsync(run.RunId, new RunSignal(kind, "because", RatePerSecond: 700, Living: 0));
        await world.Time.IdleAsync();

        string now = await world.StateAsync(run.RunId);
        string next = Next(state, kind);
        // Interrupting lasts as long as the stage takes to stop.
        Assert.Contains(now, next == "interrupting" ? ["interrupting", "cleaning", "pending", "finished"] : new[] { next });

        await EndAsync(world, run, interrupted: false, world.Time.GetUtcNow());
        Report report = await world.ReportAsync(run.RunId);
        bool struck = kind is (RunSignalKind.ClusterLost or RunSignalKind.StorageFull or RunSignalKind.FleetChanged) && s_striking.Contains(state);
        Assert.Equal(struck, report.Attempts[0] is { Outcome: "failed", Reason: { } reason } && reason.Contains("because", StringComparison.Ordinal));
        if (kind is (RunSignalKind.ClusterLost or RunSignalKind.StorageFull) && next != state)
        {
            // Another attempt would find the same.
            Assert.Equal(("failed", 1), (report.Outcome, report.Attempts.Count));
            Assert.Contains("because", report.Reason, StringComparison.Ordinal);
        }
    }

    private static string Next(string state, RunSignalKind kind) => kind switch
    {
        RunSignalKind.ClusterLost or RunSignalKind.StorageFull when state == "pending" => "finished",
        RunSignalKind.ClusterLost or RunSignalKind.StorageFull or RunSignalKind.FleetChanged => s_striking.Contains(state) ? "interrupting" : state,
        RunSignalKind.Draining => state == "loading" ? "draining" : state,
        _ => s_allowed.GetValueOrDefault((state, kind.ToString().ToLowerInvariant()), state),
    };

    private static async Task<RunRecord> BringToAsync(ControllerWorld world, string state)
    {
        world.Fleet.Objection = (_, command) =>
            (state, command) is ("preparing", WorkerCommand.Initialise) or ("draining", WorkerCommand.Stop) or ("cleaning", WorkerCommand.Shutdown) ? "no answer" : null;
        world.Cluster.InSyncReplicas = state == "pending" ? 1 : 3;
        RunRecord run = await world.Admission.StartAsync(
            ControllerWorld.Spec(
                state is "draining" or "cleaning" or "finished" ? 5 : 3600,
                scenario: state switch { "interrupting" => "deaf", "pending" => "picky", _ => "tail-read" },
                config: [("warmup", state == "warming" ? "1h" : "1s")]),
            default);
        if (state == "finished")
        {
            await world.FinishAsync(run.RunId);
            return run;
        }

        await world.UntilStateAsync(run.RunId, state is "paused" or "interrupting" ? "loading" : state);
        if (state is "paused" or "interrupting")
        {
            await TellAsync(world, run, state == "paused" ? "pause" : "interrupt");
        }

        Assert.Equal(state, await world.StateAsync(run.RunId));
        return run;
    }

    private static async Task<(int Status, string Body)> TellAsync(ControllerWorld world, RunRecord run, string operation)
    {
        (int, string) answer = await world.PostAsync($"api/runs/{run.RunId}/{operation}", operation == "throughput" ? "{\"ratePerSecond\":700}" : "");
        await world.Time.IdleAsync();
        return answer;
    }

    private static async Task EndAsync(ControllerWorld world, RunRecord run, bool interrupted, DateTimeOffset told)
    {
        if (!interrupted && await world.StateAsync(run.RunId) is not ("finished" or "cleaning"))
        {
            await TellAsync(world, run, "interrupt");
        }

        world.Fleet.Objection = (_, _) => null;
        Report report = await world.FinishAsync(run.RunId);
        Assert.Equal(report.Attempts.Count, report.Stages.Count(s => s.Name == "cleanup" && s.EndedAt is not null));
        Assert.Equal(world.Cluster.Provisions, world.Cluster.Releases);
        Assert.All(world.Fleet.Workers, w => Assert.False(w.Alive));
        Assert.Equal("finished", await world.StateAsync(run.RunId));
        if (interrupted)
        {
            Assert.Equal("interrupted", report.Outcome);
            Assert.All(report.Stages.Where(s => s.Outcome == "interrupted"), s => Assert.InRange((s.EndedAt!.Value - told).TotalSeconds, 0, 2));
        }
    }

    private static ScenarioCatalog Catalog() => new(
    [
        .. ScenarioCatalog.BuiltIn.Scenarios,
        new ScenarioDefinition<DeafScenario, TailReadConfig>("deaf", "", ""),
        new ScenarioDefinition<PickyScenario, TailReadConfig>("picky", "", ""),
    ]);

    private sealed class DeafScenario : Scenario<TailReadConfig>
    {
        protected override Task WorkloadAsync(ScenarioContext<TailReadConfig> run) => new TaskCompletionSource().Task;
    }

    private sealed class PickyScenario : Scenario<TailReadConfig>
    {
        protected override async Task WorkloadAsync(ScenarioContext<TailReadConfig> run)
        {
            AssertionResult replicas = await run.AssertAsync(new Assertion("replicas", new(Measure.InSyncReplicas, Comparison.AtLeast, 2), "replicas"));
            if (replicas.Passed is false)
            {
                throw new CannotGoOnException("too few replicas");
            }
        }
    }
}
