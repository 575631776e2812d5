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
/// unless it says otherwise.
/// </summary>
public sealed class StormTests(ITestOutputHelper output) : IDisposable
{
    private const int RatePerSecond = 1000;

    // What one worker may have under way when it is killed, at this rate: no more than a few seconds of its share.
    private const int MaximumOpenRecords = 3 * RatePerSecond;
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(10);
    private readonly Sandbox sandbox = new();
    private readonly List<double> adopted = [];
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

    private static int Offered => RatePerSecond * Seconds;

    private static int Seconds => int.TryParse(Environment.GetEnvironmentVariable("MARATHON_STORM"), CultureInfo.InvariantCulture, out int seconds) ? seconds : 60;

    private async Task StormAsync(params string[] cluster)
    {
        RunningCommand run = Start([
            "run", "tail-read", "--workers", "3", "--duration", $"{Seconds}s", "--set", "warmup=2s", "--set", $"ratePerSecond={RatePerSecond}", "--json", .. cluster]);
        string id = await run.RunIdAsync();
        await run.WaitForAsync(" loading");
        long loading = TimeProvider.System.GetTimestamp();
        List<(int Pid, DateTimeOffset At)> killed = [];
        // The last strike is early enough for its replacement to load, too.
        for (int strike = 1; TimeProvider.System.GetElapsedTime(loading) < TimeSpan.FromSeconds(Seconds) - (2 * s_between); strike++)
        {
            await Task.Delay(s_between);
            if (strike % 4 == 3)
            {
                run = await ReplaceControllerAsync(run, id);
            }

            ProcessIdentity victim = sandbox.Processes("Marathon.Worker", "--run " + id) is { Count: > 0 } workers
                ? workers[strike % workers.Count]
                : throw new InvalidDataException("no worker lives");
            killed.Add((victim.Pid, TimeProvider.System.GetUtcNow()));
            victim.Send(strike % 2 == 0 ? Signal.Kill : Signal.User1);
        }

        Report report = (await run.EndAsync()).Exits(ExitCode.Pass).Report;
        Tell(report, killed);
        Assert.Equal(("pass", "finished"), (report.Verdict, report.Outcome));
        Assert.Empty(report.Anomalies);
        Assert.Equal((0, report.Records.Acked), (report.Records.Unseen, report.Records.Received));
        Assert.Single(report.Attempts);
        Assert.True(report.Records.Acked >= 0.8 * Offered, $"{report.Records.Acked} of {Offered} offered records were acknowledged");
        Assert.InRange(report.Records.Indeterminate, 0, killed.Count * MaximumOpenRecords);
        Assert.All(killed, k => Assert.Contains(report.Workers, w => w.Pid == k.Pid && w.End is ("killed" or "drained" or "done")));
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
        adopted.Add(TimeProvider.System.GetElapsedTime(since).TotalSeconds);
        return next;
    }

    private void Tell(Report report, List<(int Pid, DateTimeOffset At)> killed)
    {
        double[] replaced = [.. killed.Select(k => (k.At, Life: report.Workers.First(w => w.Pid == k.Pid)))
            .Select(k => ReadySince(report.RunId, k.Life) - k.At)
            .OfType<TimeSpan>()
            .Select(t => t.TotalSeconds)
            .Order()];
        output.WriteLine(JsonSerializer.Serialize(new
        {
            workersKilled = killed.Count,
            controllersKilled = adopted.Count,
            secondsFromKillToReplacementLoading = replaced,
            secondsFromControllerStartToRunGoingOn = adopted,
            acked = report.Records.Acked,
            indeterminate = report.Records.Indeterminate,
            offered = Offered,
        }));
    }

    // The replacement's own log says when it loads.
    private DateTimeOffset? ReadySince(string runId, WorkerReport life) => life.ReplacedBy is not { } epoch
        ? null
        : File.ReadLines(Path.Combine(sandbox.Data, "runs", runId, "logs", $"{life.Id}-{epoch}.log"))
            .Where(l => l.EndsWith("Phase Running", StringComparison.Ordinal))
            .Select(l => (DateTimeOffset?)DateTimeOffset.Parse(l.Split(' ')[0], CultureInfo.InvariantCulture))
            .FirstOrDefault();
}
