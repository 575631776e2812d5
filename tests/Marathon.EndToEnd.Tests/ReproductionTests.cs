using Marathon.Cli.Terminal;
using Marathon.EndToEnd.Tests.Fixture;
using Marathon.Reports;

namespace Marathon.EndToEnd.Tests;

public sealed class ReproductionTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    [Fact]
    public async Task Repro_OfAViolation_IsTheSameViolationAgain()
    {
        CommandResult first = (await sandbox.RunAsync(
            "run", "tail-read", "--duration", "4s", "--set", "warmup=1s", "--set", "ratePerSecond=500", "--set", "partitions=3", "--lie", "lost-acked-write:every=500ms",
            "--report", sandbox["report"], "--json")).Exits(ExitCode.Violation);

        CommandResult again = (await sandbox.RunAsync("run", "--repro", Path.Combine(sandbox["report"], "repro"), "--json")).Exits(ExitCode.Violation);

        Report one = first.Report, two = again.Report;
        Assert.NotEqual(one.RunId, two.RunId);
        Assert.Equal((one.Scenario, one.Seed, one.Anomalies[0].Kind), (two.Scenario, two.Seed, two.Anomalies[0].Kind));
        Assert.Equal("lost-acked-write", two.Anomalies[0].Kind);
        Assert.Equal(one.Lies.Select(lie => lie.Asked), two.Lies.Select(lie => lie.Asked));
        Assert.Equal(Configuration(one), Configuration(two));
        await sandbox.AssertNothingIsLeftAsync("report");
    }

    public void Dispose() => sandbox.Dispose();

    // The topic is named after the run.
    private static IEnumerable<(string Key, string? Value)> Configuration(Report report) =>
        report.Config.Where(each => each.Key != "topic").Select(each => (each.Key, each.Value?.ToString())).OrderBy(each => each.Key, StringComparer.Ordinal);
}
