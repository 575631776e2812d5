using System.Globalization;
using Marathon.Cli.Terminal;
using Marathon.EndToEnd.Tests.Fixture;
using Marathon.Reports;
using Xunit.Abstractions;

namespace Marathon.EndToEnd.Tests;

/// <summary>
/// As many records as the machine can write while brokers are killed at random: about a million on two idle cores.
/// <c>MARATHON_CHAOS</c> is how long, in seconds; 20 minutes make about a hundred million.
/// </summary>
public sealed class ChaosVolumeTests(ITestOutputHelper output) : IDisposable
{
    private const int FaultSeconds = 4;
    private const int MostFaults = 40;
    private readonly Sandbox sandbox = new();

    [Fact]
    public async Task BrokersAreKilledAtFullRate_EveryRecordIsAccountedFor()
    {
        int calmSeconds = Math.Max(4, (Seconds / MostFaults) - FaultSeconds);
        Report report = (await sandbox.RunAsync(
            "run", "chaos", "--duration", $"{Seconds}s", "--seed", "11", "--json", "--set", "warmup=1s", "--set", "ratePerSecond=max", "--set", "recordSize=128",
            "--set", "faults=kill", "--set", $"faultFor={FaultSeconds}s", "--set", $"calmFor={calmSeconds}s", "--set", "recoverWithin=10m",
            "--set", "drainWithin=5m")).Exits(ExitCode.Pass).Report;

        output.WriteLine(Figures.Of(report));
        Assert.Equal(("pass", "finished"), (report.Verdict, report.Outcome));
        Assert.Empty(report.Anomalies);
        Assert.Equal((0, 0, report.Records.Acked), (report.Records.Unseen, report.Records.Lost, report.Records.Received));
        Assert.NotEmpty(report.Faults);
        await sandbox.AssertNothingIsLeftAsync();
    }

    public void Dispose() => sandbox.Dispose();

    private static int Seconds => int.TryParse(Environment.GetEnvironmentVariable("MARATHON_CHAOS"), CultureInfo.InvariantCulture, out int seconds) ? seconds : 16;
}
