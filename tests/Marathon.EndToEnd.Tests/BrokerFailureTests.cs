using Marathon.Cli.Terminal;
using Marathon.EndToEnd.Tests.Fixture;
using Marathon.Reports;

namespace Marathon.EndToEnd.Tests;

public sealed class BrokerFailureTests : IDisposable
{
    private static readonly string[] s_failure =
    [
        "run", "broker-failure", "--duration", "8s", "--json", "--set", "warmup=1s", "--set", "ratePerSecond=500", "--set", "partitions=3",
        "--set", "faultAfter=2s", "--set", "faultFor=3s",
    ];

    private readonly Sandbox sandbox = new();

    [Fact]
    public async Task LeaderIsKilled_AcksAll_NothingIsLost()
    {
        Report report = (await sandbox.RunAsync(s_failure)).Exits(ExitCode.Pass).Report;

        FaultReport fault = Assert.Single(report.Faults);
        Assert.Equal(("kill", "leader"), (fault.Kind, fault.Role));
        Assert.NotNull(fault.HealedAt);
        Assert.True(fault.UnavailableForSeconds > 0);
        LeadershipReport change = report.Leadership.First(c => c.Partition == 0);
        Assert.Equal(fault.Target, $"broker {change.From}");
        Assert.InRange(change.At, fault.StartedAt, report.EndedAt);
        Assert.Equal("pass", Assert.Single(report.Assertions, a => a.Name == "recovery").Verdict);
        Assert.Equal(report.Records.Acked, report.Records.Received);
        await sandbox.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task LeaderAloneInSyncIsKilled_UncleanElection_AcksOne_LosesRecordsAndNamesThem()
    {
        CommandResult result = (await sandbox.RunAsync([.. s_failure, "--report", sandbox["report"], "--set", "acks=1", "--set", "isolateLeader=true",
            "--set", "replication=2", "--set", "topic.unclean.leader.election.enable=true"])).Exits(ExitCode.Violation);

        Report report = result.Report;
        Assert.True(report.Records.Lost > 0, result.Error);
        AnomalyReport lost = Assert.Single(report.Anomalies, a => a.Kind is "lost-acked-write");
        Assert.Equal(("violation", report.Records.Lost), (lost.Policy, lost.Count));
        Assert.NotEmpty(lost.Examples);
        Assert.True(report.Records.Unseen == 0, $"{report.Records.Unseen} records are neither read nor proven lost; {result.Error}");
        Assert.Contains("is led by broker", await File.ReadAllTextAsync(Path.Combine(sandbox["report"], "repro", "timeline.json")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(sandbox["report"], "repro", "spec.json")));
        await sandbox.AssertNothingIsLeftAsync("report");
    }

    public void Dispose() => sandbox.Dispose();
}
