using Marathon.Reports;
using Marathon.Reports.Rendering;

namespace Marathon.Tests.Reports.Rendering;

public sealed class TextReportTests
{
    [Fact]
    public void Render_Violation_TellsItTopDown()
    {
        string[] lines = TextReport.Render(SampleReports.Violation).Split('\n');
        Assert.Equal("VIOLATION  tail-read  run-x81pa  46.2 s", lines[0]);
        Assert.Equal("  " + SampleReports.Violation.Reason, lines[1]);
        Assert.Contains("             acked 599,412 = received 599,390 + unseen 8 + lost 14", lines);
        Assert.Contains("anomalies    lost-acked-write × 14 (critical, violation): acknowledged with acks=all: the record must be there", lines);
        Assert.Contains("               └ log-regression × 1 (critical, violation): the log's end fell below what was acknowledged", lines);
        Assert.Contains("lies         caught: lost-acked-write:rate=0.0001, committed 14, detected 14", lines);
        Assert.Contains("workers      w0 life 1 was killed; life 2 took over", lines);
    }

    [Fact]
    public void Render_Cost_TellsItWithWhatIsNotKnown()
    {
        Report report = SampleReports.Pass with { Cost = new CostReport("USD", 1.2345m, 6.5m, 50, 2) };
        Assert.Contains("cost         1.23 USD for 50 machine hours, 6.50 USD at the regular price; the price of 2 hours is not known\n", TextReport.Render(report), StringComparison.Ordinal);
        Assert.Contains("<dt>at the regular price</dt><dd>6.50 USD</dd>", HtmlReport.Render(report), StringComparison.Ordinal);
        Assert.DoesNotContain("cost", TextReport.Render(SampleReports.Pass), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Interrupted_SaysSoInTheFirstLine() => Assert.StartsWith(
        "PASS (interrupted)  ", TextReport.Render(SampleReports.Pass with { Outcome = "interrupted" }), StringComparison.Ordinal);

    [Fact]
    public void Render_RunThatFailedInPrepare_LeavesOutWhatItLacks()
    {
        string text = TextReport.Render(SampleReports.Empty);
        Assert.Contains("cluster      never reached", text, StringComparison.Ordinal);
        Assert.DoesNotContain("throughput", text, StringComparison.Ordinal);
        Assert.DoesNotContain("latency", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_AnyReport_FitsATerminal()
    {
        foreach (Report report in new[] { SampleReports.Pass, SampleReports.Violation, SampleReports.Empty })
        {
            Assert.All(TextReport.Render(report).Split('\n'), line => Assert.InRange(line.Length, 0, 140));
        }
    }
}
