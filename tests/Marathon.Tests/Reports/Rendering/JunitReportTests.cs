using System.Xml.Linq;
using Marathon.Reports;
using Marathon.Reports.Rendering;

namespace Marathon.Tests.Reports.Rendering;

public sealed class JunitReportTests
{
    [Fact]
    public void Render_Pass_HasNoFailure()
    {
        XElement suite = Suite(SampleReports.Pass);
        Assert.Equal("marathon.broker-failure", (string?)suite.Attribute("name"));
        Assert.Equal(("4", "0", "0", "1"), Counts(suite));
        Assert.Equal("46.2", (string?)suite.Attribute("time"));
        Assert.Equal("2026-03-01T10:00:00", (string?)suite.Attribute("timestamp"));
        Assert.NotNull(Case(suite, "publish-p99").Element("skipped"));
    }

    [Fact]
    public void Render_Violation_FailsTheVerdictTheAssertionAndEveryViolation()
    {
        XElement suite = Suite(SampleReports.Violation);
        Assert.Equal(("6", "5", "0", "0"), Counts(suite));
        Assert.Equal("violation", (string?)Case(suite, "verdict").Element("failure")!.Attribute("type"));
        Assert.StartsWith("14 × lost-acked-write", (string?)Case(suite, "lost-acked-write").Element("failure")!.Attribute("message"), StringComparison.Ordinal);
        Assert.Contains("caused by lost-acked-write", (string?)Case(suite, "log-regression").Element("failure")!.Attribute("message"), StringComparison.Ordinal);
        Assert.Contains("10492", Case(suite, "lost-acked-write").Value, StringComparison.Ordinal);
        Assert.DoesNotContain(suite.Elements("testcase"), c => (string?)c.Attribute("name") == "reorder");
    }

    [Theory]
    [InlineData("slo-miss", "finished", "failure")]
    [InlineData("indeterminate", "finished", "error")]
    [InlineData("harness-fault", "failed", "error")]
    [InlineData("violation", "interrupted", "failure")]
    [InlineData("pass", "interrupted", "skipped")]
    public void Render_Verdict_IsWhatCiMakesOfIt(string verdict, string outcome, string element) => Assert.NotNull(
        Case(Suite(SampleReports.Pass with { Verdict = verdict, Outcome = outcome }), "verdict").Element(element));

    [Fact]
    public void Render_Properties_HoldRunRecordsAndConfiguration()
    {
        Dictionary<string, string> properties = Suite(SampleReports.Pass).Element("properties")!.Elements()
            .ToDictionary(p => (string)p.Attribute("name")!, p => (string)p.Attribute("value")!);
        Assert.Equal("run-7h2k9", properties["runId"]);
        Assert.Equal("599412", properties["records.acked"]);
        Assert.Equal("20000", properties["config.ratePerSecond"]);
        Assert.Equal("42", properties["seed"]);
    }

    [Fact]
    public void Render_SeveralRuns_HasASuiteEach() => Assert.Equal(
        ["run-7h2k9", "run-000aa"],
        XElement.Parse(JunitReport.Render([SampleReports.Pass, SampleReports.Empty])).Elements("testsuite").Select(s => (string?)s.Attribute("id")));

    private static XElement Suite(Report report) => XElement.Parse(JunitReport.Render(report)).Elements("testsuite").Single();

    private static (string?, string?, string?, string?) Counts(XElement suite) => (
        (string?)suite.Attribute("tests"), (string?)suite.Attribute("failures"), (string?)suite.Attribute("errors"), (string?)suite.Attribute("skipped"));

    private static XElement Case(XElement suite, string name) => suite.Elements("testcase").Single(c => (string?)c.Attribute("name") == name);
}
