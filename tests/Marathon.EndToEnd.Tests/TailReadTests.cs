using Marathon.Cli.Processes;
using Marathon.Cli.Terminal;
using Marathon.EndToEnd.Tests.Fixture;
using Marathon.Kafka.Admin;
using Marathon.Reports;

namespace Marathon.EndToEnd.Tests;

public sealed class TailReadTests : IDisposable
{
    private static readonly string[] s_small = ["run", "tail-read", "--duration", "4s", "--set", "warmup=1s", "--set", "ratePerSecond=500", "--json"];
    private readonly Sandbox sandbox = new();

    [Fact]
    public async Task OnTheTestbed_PassesAndReports()
    {
        CommandResult result = (await sandbox.RunAsync([.. s_small, "--seed", "42", "--report", sandbox["report"]])).Exits(ExitCode.Pass);

        Report report = result.Report;
        AssertEverythingWasRead(report);
        Assert.Equal((result.RunId, "testbed", 42L), (report.RunId, report.Cluster!.Kind, report.Seed));
        Assert.Equal(result.Out.TrimEnd(), File.ReadAllText(Path.Combine(sandbox["report"], "report.json")).TrimEnd());
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(Path.Combine(sandbox["report"], "report.html")), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<testsuite", File.ReadAllText(Path.Combine(sandbox["report"], "junit.xml")), StringComparison.Ordinal);
        Assert.Equal(["prepare", "warmup", "workload", "cleanup"], report.Stages.Select(s => s.Name));
        Assert.All(report.Workers, w => Assert.Equal("done", w.End));
        await sandbox.AssertNothingIsLeftAsync("report");
    }

    [KafkaTheory]
    [MemberData(nameof(KafkaHomes.Rows), MemberType = typeof(KafkaHomes))]
    public async Task OnApacheKafka_Passes(string home)
    {
        CommandResult result = (await sandbox.RunAsync([.. s_small, "--cluster", "kafka", "--kafka-home", home])).Exits(ExitCode.Pass);

        AssertEverythingWasRead(result.Report);
        Assert.Equal(("kafka", 3), (result.Report.Cluster!.Kind, result.Report.Cluster.Brokers));
        Assert.Contains(Directory.EnumerateFiles(Path.Combine(home, "libs")), f => f.EndsWith($"kafka-clients-{result.Report.Cluster.Version}.jar", StringComparison.Ordinal));
        await sandbox.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task OnAnExistingCluster_LeavesItAsItWas()
    {
        using RunningCommand testbed = sandbox.StartWithout(["testbed"]);
        string servers = (await testbed.WaitForAsync("bootstrap.servers="))["bootstrap.servers=".Length..];

        CommandResult result = (await sandbox.RunAsync([.. s_small, "--cluster", servers])).Exits(ExitCode.Pass);

        AssertEverythingWasRead(result.Report);
        Assert.Equal("existing", result.Report.Cluster!.Kind);
        using (KafkaAdmin admin = new(servers))
        {
            await Assert.ThrowsAsync<KafkaAdminException>(() => admin.DescribeTopicAsync($"marathon-{result.RunId}", default));
        }

        testbed.Send(Signal.Terminate);
        (await testbed.EndAsync()).Exits(ExitCode.Pass);
        await sandbox.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task SeveralRuns_OneAfterTheOther_AnArrayOfReports()
    {
        await File.WriteAllTextAsync(sandbox["two.yaml"], """
            - {scenario: tail-read, duration: 2s, workers: 1, config: {warmup: 0s, ratePerSecond: 200}}
            - {scenario: tail-read, duration: 2s, workers: 1, config: {warmup: 0s, ratePerSecond: 300}, slo: {minRate: 1000000}}
            """);

        CommandResult result = (await sandbox.RunAsync("run", "two.yaml", "--json", "--report", sandbox["report"])).Exits(ExitCode.SloMiss);

        Report[] reports = System.Text.Json.JsonSerializer.Deserialize<Report[]>(result.Out, ReportJson.Options)!;
        Assert.Equal(["pass", "slo-miss"], reports.Select(r => r.Verdict));
        Assert.All(reports, r => Assert.True(File.Exists(Path.Combine(sandbox["report"], r.RunId, "report.json"))));
        await sandbox.AssertNothingIsLeftAsync("two.yaml", "report");
    }

    public void Dispose() => sandbox.Dispose();

    private static void AssertEverythingWasRead(Report report)
    {
        Assert.Equal(("pass", "finished"), (report.Verdict, report.Outcome));
        Assert.True(report.Records.Acked > 0);
        Assert.Equal(report.Records.Acked, report.Records.Received);
        Assert.Equal(report.Records.Sent, report.Records.Acked + report.Records.Failed + report.Records.Indeterminate);
        Assert.DoesNotContain(report.Anomalies, a => a.Policy == "violation");
    }
}
