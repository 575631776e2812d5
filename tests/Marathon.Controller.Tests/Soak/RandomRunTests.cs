using System.Globalization;
using Marathon.Controller.Orchestrations;
using Marathon.Controller.Runs;
using Marathon.Controller.Tests.World;
using Marathon.Reports;
using Marathon.Runs;

namespace Marathon.Controller.Tests.Soak;

/// <summary>
/// Short runs to which anything may happen at any moment, by seed: machines vanish or fall silent, the controller dies, the
/// cluster dies, operators press every button.
/// </summary>
public sealed class RandomRunTests
{
    /// <summary>More seeds where the environment asks for them: <c>MARATHON_SEEDS=100-400</c>.</summary>
    public static TheoryData<int> Seeds()
    {
        string[] range = (Environment.GetEnvironmentVariable("MARATHON_SEEDS") ?? "1-24").Split('-');
        int from = int.Parse(range[0], CultureInfo.InvariantCulture), to = int.Parse(range[^1], CultureInfo.InvariantCulture);
        return [.. Enumerable.Range(from, to - from + 1)];
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_happens_each_attempt_is_cleaned_up_once_and_there_is_one_report(int seed)
    {
        List<string> story = [];
        try
        {
            await PlayAsync(new Random(seed), story);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"seed {seed}: {string.Join(", ", story)}: {error.Message}", error);
        }
    }

    private static async Task PlayAsync(Random random, List<string> story)
    {
        RunSettings settings = new() { MaxReplacements = random.Next(4) };
        await using ControllerWorld world = await ControllerWorld.StartAsync(settings);
        RunSpec spec = Spec(random);
        story.Add($"{spec.Scenario} with {spec.Workers} workers, quorum {spec.Quorum}, {spec.MaxAttempts} attempts, {settings.MaxReplacements} replacements");
        RunRecord run = await world.Admission.StartAsync(spec, default);
        for (int step = random.Next(5, 13); step > 0; step--)
        {
            await StepAsync(world, run.RunId, random, story);
        }

        if (await world.StateAsync(run.RunId) == "paused")
        {
            await world.TellAsync(run.RunId, new RunSignal(RunSignalKind.Resume));
        }

        await AssertEndAsync(world, run, spec, await world.FinishAsync(run.RunId));
    }

    private static RunSpec Spec(Random random)
    {
        int workers = random.Next(1, 5);
        (string scenario, (string, object)[] config) = random.Next(4) switch
        {
            0 => ("group-churn", [("churn.every", "6s")]),
            1 => ("broker-failure", new (string, object)[] { ("faultAfter", "5s"), ("faultFor", "5s") }),
            _ => ("tail-read", []),
        };
        return ControllerWorld.Spec(random.Next(15, 40), workers, scenario, config) with
        {
            Quorum = random.Next(1, workers + 1),
            MaxAttempts = random.Next(1, 4),
        };
    }

    private static async Task StepAsync(ControllerWorld world, string runId, Random random, List<string> story)
    {
        double seconds = Math.Round(random.NextDouble() * 8, 2);
        story.Add(string.Create(CultureInfo.InvariantCulture, $"{seconds} s"));
        Task advance = world.Time.AdvanceAsync(TimeSpan.FromSeconds(seconds));
        int dice = random.Next(100);
        if (dice < 25)
        {
            story.Add("the controller dies");
            await Task.WhenAny(advance, Task.Delay(random.Next(20)));
            await world.KillControllerAsync();
            await world.StartControllerAsync();
            await advance;
            return;
        }

        await advance;
        SimulatedWorker[] living = [.. world.Fleet.Workers.Where(w => w.Alive)];
        SimulatedWorker? one = living.Length == 0 ? null : living[random.Next(living.Length)];
        (string What, Func<Task> Act) next = dice switch
        {
            < 50 => ($"{one?.Worker} is killed", () => Do(() => one?.Kill())),
            < 56 => ($"{one?.Worker} falls silent", () => Do(() => one?.FallSilent())),
            < 60 => ($"{one?.Worker} breaks", () => Do(() => BreakLoad(one))),
            < 62 => ("the cluster dies", () => Do(() => world.Cluster.DeathNote = "gone")),
            < 72 => ("pause", () => Tell(new(RunSignalKind.Pause))),
            < 84 => ("resume", () => Tell(new(RunSignalKind.Resume))),
            < 92 => ("throughput", () => Tell(new(RunSignalKind.Throughput, RatePerSecond: random.Next(10_000)))),
            < 96 => ("interrupt", () => Tell(new(RunSignalKind.Interrupt, "enough"))),
            _ => ("nothing", () => Task.CompletedTask),
        };
        story.Add(next.What);
        await next.Act();

        async Task Tell(RunSignal signal)
        {
            if (await world.StateAsync(runId) != "finished")
            {
                await world.TellAsync(runId, signal);
            }
        }

        static void BreakLoad(SimulatedWorker? worker)
        {
            if (worker is not null)
            {
                worker.Error = "broken";
            }
        }

        static Task Do(Action action)
        {
            action();
            return Task.CompletedTask;
        }
    }

    private static async Task AssertEndAsync(ControllerWorld world, RunRecord run, RunSpec spec, Report report)
    {
        Assert.Equal("finished", await world.StateAsync(run.RunId));
        Assert.InRange(report.Attempts.Count, 1, spec.MaxAttempts!.Value);
        Assert.All(report.Attempts, a => Assert.NotNull(a.EndedAt));
        Assert.All(report.Stages, s => Assert.NotNull(s.EndedAt));
        Assert.Equal(report.Attempts.Select(a => a.Number), report.Stages.Where(s => s.Name == "cleanup").Select(s => s.Attempt));
        Assert.Equal(report.Stages.Count, report.Stages.Select(s => (s.Attempt, s.Name)).Distinct().Count());
        Assert.Equal(world.Cluster.Provisions, world.Cluster.Releases);
        Assert.InRange(world.Cluster.Provisions, 0, report.Attempts.Count);
        Assert.True(world.Cluster.DeathNote is not null || world.Cluster.Topics.Count == 0, string.Join(' ', world.Cluster.Topics));
        Assert.All(world.Fleet.Workers, w => Assert.False(w.Alive));
        Assert.All(report.Workers, w => Assert.NotNull(w.EndedAt));
        long[] incarnations = [.. world.Fleet.Workers.SelectMany(w => w.Load?.Producers ?? []).Select(p => p.Incarnation)];
        Assert.Equal(incarnations.Length, incarnations.Distinct().Count());
        int written = (await world.Client.GetOrchestrationHistoryAsync(run.RunId)).Count(e => e is Marathon.Durable.History.TaskScheduledEvent { Name: "WriteReport" });
        Assert.Equal(1, written);
        await foreach (Marathon.Durable.OrchestrationMetadata instance in world.Client.GetAllInstancesAsync())
        {
            Assert.True(instance.IsCompleted, $"{instance.InstanceId} is {instance.RuntimeStatus}");
        }
    }
}
