using System.Globalization;
using System.Text.Json;
using Marathon.Cli.Processes;
using Marathon.Cli.Terminal;
using Marathon.EndToEnd.Tests.Fixture;
using Marathon.Reports;
using Xunit.Abstractions;

namespace Marathon.EndToEnd.Tests;

/// <summary>
/// Workers and controllers die all the time, and the run goes on. <c>MARATHON_STORM</c> is how long, in seconds; a minute
/// unless it says otherwise. <c>MARATHON_STORM_SEED</c> draws the workers that are struck; the time unless it says otherwise.
/// </summary>
public sealed class StormTests(ITestOutputHelper output) : IDisposable
{
    private const int RatePerSecond = 1000;

    // What one worker may have under way when it is killed, at this rate: no more than a few seconds of its share.
    private const int MaximumOpenRecords = 3 * RatePerSecond;
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_betweenControllers = TimeSpan.FromSeconds(45);
    private readonly int seed = int.TryParse(Environment.GetEnvironmentVariable("MARATHON_STORM_SEED"), CultureInfo.InvariantCulture, out int seed) ? seed : Environment.TickCount;
    private readonly Sandbox sandbox = new();
    private readonly List<double> adopted = [];
    private readonly List<Strike> strikes = [];
    private readonly List<RunningCommand> commands = [];

    [Fact]
    public Task Testbed_WorkersAndControllersAreKilled_TheVerdictIsComplete() => StormAsync();

    [KafkaTheory]
    [MemberData(nameof(KafkaHomes.Newest), MemberType = typeof(KafkaHomes))]
    public Task Kafka_WorkersAndControllersAreKilled_TheVerdictIsComplete(string home) => StormAsync("--cluster", "kafka", "--kafka-home", home);

    public void Dispose()
    {
        commands.ForEach(c => c.Dispose());
        sandbox.Dispose();
    }

    // In a storm too short for that, the controller is struck once all the same.
    private static TimeSpan ControllerAfter => TimeSpan.FromSeconds(Math.Min(s_betweenControllers.TotalSeconds, Seconds / 2.0));

    private static int Offered => RatePerSecond * Seconds;

    private static int Seconds => int.TryParse(Environment.GetEnvironmentVariable("MARATHON_STORM"), CultureInfo.InvariantCulture, out int seconds) ? seconds : 60;

    private async Task StormAsync(params string[] cluster)
    {
        RunningCommand run = Start([
            "run", "tail-read", "--workers", "3", "--duration", $"{Seconds}s", "--set", "warmup=2s", "--set", $"ratePerSecond={RatePerSecond}", "--json", .. cluster]);
        string id = await run.RunIdAsync();
        await run.WaitForAsync(" loading");
        long loading = TimeProvider.System.GetTimestamp(), controllerSince = loading;
        Random random = new(seed);
        // The last strike is early enough for its replacement to load, too.
        while (TimeProvider.System.GetElapsedTime(loading) < TimeSpan.FromSeconds(Seconds) - (2 * s_between))
        {
            await Task.Delay(s_between);
            if (TimeProvider.System.GetElapsedTime(controllerSince) > ControllerAfter - (s_between / 2))
            {
                run = await ReplaceControllerAsync(run, id);
                controllerSince = TimeProvider.System.GetTimestamp();
            }

            StrikeAWorker(id, random);
        }

        Report report = (await run.EndAsync()).Exits(ExitCode.Pass).Report;
        Tell(report);
        Assert.Equal(("pass", "finished"), (report.Verdict, report.Outcome));
        Assert.Empty(report.Anomalies);
        Assert.Equal((0, report.Records.Acked), (report.Records.Unseen, report.Records.Received));
        Assert.Single(report.Attempts);
        Assert.True(report.Records.Acked >= 0.8 * Offered, $"{report.Records.Acked} of {Offered} offered records were acknowledged");
        Assert.InRange(report.Records.Indeterminate, 0, strikes.Count * MaximumOpenRecords);
        Assert.NotEmpty(adopted);
        Assert.All(strikes, s => Assert.Contains(report.Workers, w => w.Pid == s.Pid && w.End is ("killed" or "drained" or "done")));
        Assert.Single(Directory.EnumerateFiles(sandbox.Data, "report.json", SearchOption.AllDirectories));
        await sandbox.AssertNothingIsLeftAsync();
    }

    private RunningCommand Start(params string[] arguments)
    {
        RunningCommand command = sandbox.Start(arguments);
        commands.Add(command);
        return command;
    }

    private async Task<RunningCommand> ReplaceControllerAsync(RunningCommand controller, string id)
    {
        controller.Send(Signal.Kill);
        await controller.EndAsync();
        long since = TimeProvider.System.GetTimestamp();
        RunningCommand next = Start("run", "--attach", id, "--json");
        await next.WaitForAsync(" loading");
        adopted.Add(Math.Round(TimeProvider.System.GetElapsedTime(since).TotalSeconds, 2));
        return next;
    }

    // kill -9 and notices of preemption by turns.
    private void StrikeAWorker(string id, Random random)
    {
        IReadOnlyList<ProcessIdentity> workers = sandbox.Processes("Marathon.Worker", "--run " + id);
        Assert.True(workers.Count > 0, "no worker lives");
        ProcessIdentity victim = workers[random.Next(workers.Count)];
        Strike strike = new(victim.Pid, TimeProvider.System.GetUtcNow(), strikes.Count % 2 == 0 ? Signal.Kill : Signal.User1);
        strikes.Add(strike);
        victim.Send(strike.Signal);
    }

    private void Tell(Report report)
    {
        double[] After(Signal signal) =>
        [
            .. strikes.Where(s => s.Signal == signal)
                .Select(s => ReadySince(report.RunId, report.Workers.First(w => w.Pid == s.Pid)) - s.At)
                .OfType<TimeSpan>()
                .Select(t => Math.Round(t.TotalSeconds, 2))
                .Order(),
        ];
        output.WriteLine(JsonSerializer.Serialize(new
        {
            seconds = Seconds,
            seed,
            secondsFromKillToReplacementVerifying = Spread(After(Signal.Kill)),
            secondsFromPreemptionToReplacementVerifying = Spread(After(Signal.User1)),
            secondsFromControllerStartToRunGoingOn = Spread([.. adopted.Order()]),
            offered = Offered,
            acked = report.Records.Acked,
            indeterminate = report.Records.Indeterminate,
            verdict = report.Verdict,
        }));
    }

    private static object Spread(double[] ordered) => new { count = ordered.Length, median = ordered.Length > 0 ? ordered[ordered.Length / 2] : (double?)null, all = ordered };

    // The replacement's own log says when it loads.
    private DateTimeOffset? ReadySince(string runId, WorkerReport life) => life.ReplacedBy is not { } epoch
        ? null
        : File.ReadLines(Path.Combine(sandbox.Data, "runs", runId, "logs", $"{life.Id}-{epoch}.log"))
            .Where(l => l.EndsWith("Phase Running", StringComparison.Ordinal))
            .Select(l => (DateTimeOffset?)DateTimeOffset.Parse(l.Split(' ')[0], CultureInfo.InvariantCulture))
            .FirstOrDefault();

    private sealed record Strike(int Pid, DateTimeOffset At, Signal Signal);
}
