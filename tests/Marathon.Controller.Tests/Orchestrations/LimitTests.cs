using System.Text.Json;
using Marathon.Controller.Runs;
using Marathon.Controller.Tests.World;
using Marathon.Reports;
using Marathon.Runs;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Tests.Orchestrations;

/// <summary>Every stage, and the run as a whole, ends by its limit, whatever the controller lives through meanwhile.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData("prepare", 4, "prepare", "interrupted")]
    [InlineData("warmup", 7, "warmup", "interrupted")]
    [InlineData("workload", 11, "workload", "interrupted")]
    [InlineData("run", 20, "workload", "interrupted")]
    [InlineData("cleanup", 3, "cleanup", "finished")]
    public async Task A_limit_ends_its_stage_and_the_run_is_cleaned_up_and_reported(string limit, int seconds, string stage, string outcome)
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        Stall(world, stage);
        RunRecord run = await world.Admission.StartAsync(Spec(limit, seconds, stage), default);

        Report report = await world.FinishAsync(run.RunId);

        AssertEnded(world, report, limit, stage, outcome);
        StageReport ended = report.Stages.Single(s => s.Name == stage);
        DateTimeOffset from = limit == "run" ? report.StartedAt : ended.StartedAt;
        Assert.InRange((ended.EndedAt!.Value - from).TotalSeconds, seconds, seconds + 2);
    }

    [Theory]
    [InlineData("prepare", 100, "prepare", "interrupted")]
    [InlineData("workload", 100, "workload", "interrupted")]
    [InlineData("run", 100, "workload", "interrupted")]
    public async Task A_limit_that_passes_while_there_is_no_controller_ends_the_stage_as_soon_as_there_is_one(string limit, int seconds, string stage, string outcome)
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        Stall(world, stage);
        RunRecord run = await world.Admission.StartAsync(Spec(limit, seconds, stage), default);
        await world.UntilStateAsync(run.RunId, stage == "prepare" ? "preparing" : "loading");
        await world.KillControllerAsync();
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(2 * seconds));
        await world.StartControllerAsync();
        DateTimeOffset restarted = world.Time.GetUtcNow();

        Report report = await world.FinishAsync(run.RunId);

        AssertEnded(world, report, limit, stage, outcome);
        Assert.InRange((report.Stages.Single(s => s.Name == stage).EndedAt!.Value - restarted).TotalSeconds, 0, 3);
    }

    [Fact]
    public async Task A_pause_stops_the_stage_limit_but_not_the_run_limit()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunSpec spec = ControllerWorld.Spec(60) with { Limits = Limits(("workload", 90), ("run", 1000)) };
        RunRecord run = await world.Admission.StartAsync(spec, default);
        await world.UntilStateAsync(run.RunId, "loading");
        await world.TellAsync(run.RunId, new(Controller.Orchestrations.RunSignalKind.Pause));
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(500));
        Assert.Equal("paused", await world.StateAsync(run.RunId));

        Report report = await world.FinishAsync(run.RunId);

        Assert.Equal("interrupted", report.Outcome);
        Assert.Contains("the run took longer than its limit of 1000 s", report.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limits.workload", "\"soon\"")]
    [InlineData("limits.workload", "0")]
    [InlineData("limits.run", "\"-5s\"")]
    [InlineData("limits.lunch", "\"1h\"")]
    [InlineData("quorum", "3")]
    [InlineData("quorum", "0")]
    [InlineData("maxAttempts", "0")]
    [InlineData("maxAttempts", "11")]
    [InlineData("maxReplacements", "-1")]
    [InlineData("maxReplacements", "1001")]
    public void What_cannot_be_used_is_refused_by_its_field(string field, string json)
    {
        JsonElement value = JsonSerializer.Deserialize<JsonElement>(json);
        RunSpec spec = ControllerWorld.Spec(workers: 2);
        spec = field switch
        {
            "quorum" => spec with { Quorum = value.GetInt32() },
            "maxAttempts" => spec with { MaxAttempts = value.GetInt32() },
            "maxReplacements" => spec with { MaxReplacements = value.GetInt32() },
            _ => spec with { Limits = new Dictionary<string, JsonElement> { [field["limits.".Length..]] = value } },
        };

        Configuration.SpecException refusal = Assert.Throws<Configuration.SpecException>(() => RunLimits.Apply(new RunSettings(), spec));

        Assert.Equal(field, Assert.Single(refusal.Errors).Field);
    }

    private static void AssertEnded(ControllerWorld world, Report report, string limit, string stage, string outcome)
    {
        Assert.Equal(outcome, report.Outcome);
        Assert.Equal("interrupted", report.Stages.Single(s => s.Name == stage).Outcome);
        Assert.Contains("longer than its limit of", (limit == "cleanup" ? report.Attempts[0].Reason : report.Reason)!, StringComparison.Ordinal);
        Assert.Single(report.Stages, s => s.Name == "cleanup");
        Assert.Single(report.Attempts);
        Assert.Equal((1, 1), (world.Cluster.Provisions, world.Cluster.Releases));
        Assert.All(world.Fleet.Workers, w => Assert.False(w.Alive));
    }

    private static void Stall(ControllerWorld world, string stage) => world.Fleet.Objection = (_, command) =>
        (stage, command) is ("prepare", WorkerCommand.Initialise) or ("cleanup", WorkerCommand.Shutdown) ? "no answer" : null;

    private static RunSpec Spec(string limit, int seconds, string stage) =>
        ControllerWorld.Spec(stage == "workload" ? 3600 : 5, config: [("warmup", stage == "warmup" ? "1h" : "1s")]) with { Limits = Limits((limit, seconds)) };

    private static Dictionary<string, JsonElement> Limits(params (string Key, int Seconds)[] limits) =>
        limits.ToDictionary(l => l.Key, l => JsonSerializer.SerializeToElement($"{l.Seconds}s"));
}
