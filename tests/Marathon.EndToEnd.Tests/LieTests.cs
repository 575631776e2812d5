using Marathon.Cli.Terminal;
using Marathon.EndToEnd.Tests.Fixture;
using Marathon.Reports;
using Xunit.Abstractions;

namespace Marathon.EndToEnd.Tests;

/// <summary>A checker that never caught a lying broker proves nothing: every lie is told, and must be found out, and nothing else.</summary>
public sealed class LieTests(ITestOutputHelper output) : IDisposable
{
    private readonly Sandbox sandbox = new();

    [Theory]
    [MemberData(nameof(Lies.Kinds), MemberType = typeof(Lies))]
    public async Task Lie_IsFoundOut_AndNothingElseIsReported(string kind)
    {
        CommandResult result = await sandbox.RunAsync(
            "run", "tail-read", "--duration", "6s", "--set", "warmup=1s", "--set", "ratePerSecond=1000", "--seed", "7", "--lie", kind, "--report", sandbox["report"], "--json");

        Report report = result.Report;
        LieReport lie = Assert.Single(report.Lies);
        string[] outside = [.. report.Anomalies.Where(a => a.Policy == "violation").Select(a => a.Kind).Except(Lies.Closure(kind))];
        output.WriteLine($"{kind}: committed {lie.Committed}, detected {lie.Detected}, outside its closure: {(outside.Length == 0 ? "nothing" : string.Join(", ", outside))}; {report.Verdict}: {report.Reason}");
        Assert.True(lie.Committed > 0, report.Reason);
        Assert.True(lie.Detected > 0, $"{kind} was committed {lie.Committed} times and not found; {report.Reason}");
        Assert.Empty(outside);
        result.Exits(ExitCode.Violation);
        Assert.Contains(report.Anomalies.First(a => a.Kind == kind).Examples, Examples.TellsWhatWasAround);
        Assert.True(File.Exists(Path.Combine(sandbox["report"], "repro", "history", $"{kind}.json")));
        Assert.True(File.Exists(Path.Combine(sandbox["report"], "repro", "timeline.json")));
    }

    public void Dispose() => sandbox.Dispose();
}
