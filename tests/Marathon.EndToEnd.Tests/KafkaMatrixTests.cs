using Marathon.Cli.Terminal;
using Marathon.EndToEnd.Tests.Fixture;
using Marathon.Reports;
using Xunit.Abstractions;

namespace Marathon.EndToEnd.Tests;

/// <summary>The leader of a partition of a real Kafka is killed, paused, restarted, under every guarantee: no false alarm.</summary>
public sealed class KafkaMatrixTests(ITestOutputHelper output) : IDisposable
{
    private readonly Sandbox sandbox = new();

    [KafkaTheory]
    [MemberData(nameof(KafkaMatrix.Rows), MemberType = typeof(KafkaMatrix))]
    public async Task LeaderIsStruck_NothingIsReported(string guarantee, string fault, string home)
    {
        CommandResult result = await sandbox.RunAsync(
            "run", "chaos", "--cluster", "kafka", "--kafka-home", home, "--duration", "18s", "--json", "--set", "warmup=1s", "--set", "ratePerSecond=600",
            "--set", "partitions=3", "--set", $"guarantee={guarantee}", "--set", $"faults={fault}", "--set", "partition=0", "--set", "faultFor=12s",
            "--set", "calmFor=3s", "--set", "recoverWithin=10m", "--set", "assignment=subscribe");

        Report report = result.Report;
        output.WriteLine(Figures.Header);
        output.WriteLine(Figures.Row(report, guarantee, fault));
        // How much of the load gets through while a broker is away is no promise of the cluster's.
        Assert.True((ExitCode)result.ExitCode is ExitCode.Pass or ExitCode.SloMiss, $"{report.Verdict}: {report.Reason}");
        Assert.Equal("finished", report.Outcome);
        Assert.DoesNotContain(report.Anomalies, a => a.Policy == "violation");
        Assert.Equal((0, 0, report.Records.Acked), (report.Records.Unseen, report.Records.Lost, report.Records.Received));
        FaultReport struck = Assert.Single(report.Faults);
        Assert.Equal((fault, "leader"), (struck.Kind, struck.Role));
        Assert.NotNull(struck.UnavailableForSeconds);
        await sandbox.AssertNothingIsLeftAsync();
    }

    public void Dispose() => sandbox.Dispose();
}
