using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Marathon.Reports;

namespace Marathon.Tests.Reports.Rendering;

public sealed class HtmlReportTests
{
    [Theory]
    [InlineData("pass", "Pass")]
    [InlineData("violation", "Violation")]
    [InlineData("slo-miss", "SLO miss")]
    [InlineData("indeterminate", "Indeterminate")]
    [InlineData("harness-fault", "Harness fault")]
    public void Render_Verdict_ComesFirstInItsColourWithItsReason(string verdict, string words)
    {
        XElement body = Pages.Parse(SampleReports.Pass with { Verdict = verdict, Reason = "because of this" }).Element("body")!;
        XElement header = body.Elements().First();
        Assert.Equal($"verdict {verdict}", (string?)header.Attribute("class"));
        Assert.EndsWith(words, header.Descendants("h1").Single().Value.Trim(), StringComparison.Ordinal);
        Assert.Contains("because of this", header.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_VerdictOfALaterVersion_IsShownAsItIs() =>
        Assert.Contains("shrug", Pages.Parse(SampleReports.Pass with { Verdict = "shrug" }).Descendants("h1").Single().Value, StringComparison.Ordinal);

    [Fact]
    public void Render_FullReport_HasItsSectionsInOrder() => Assert.Equal(
        ["records", "timeline", "measures", "assertions", "anomalies", "lies", "faults", "leadership", "workers", "configuration", "cluster"],
        Pages.Parse(SampleReports.Violation).Descendants("section").Select(s => (string?)s.Attribute("id")));

    [Fact]
    public void Render_RunThatFailedInPrepare_LeavesOutWhatItLacks() => Assert.Equal(
        ["records", "timeline", "anomalies", "cluster"],
        Pages.Parse(SampleReports.Empty).Descendants("section").Select(s => (string?)s.Attribute("id")));

    [Fact]
    public void Render_Leadership_StandsBesideTheFaultThatWasInForce()
    {
        XElement section = Pages.Parse(SampleReports.Pass).Descendants("section").Single(s => (string?)s.Attribute("id") == "leadership");
        string[] rows = [.. section.Descendants("tbody").Single().Elements("tr").Select(r => string.Join('|', r.Elements().Select(cell => cell.Value.Trim())))];
        Assert.Equal(3, rows.Length);
        Assert.EndsWith("|marathon-run-7h2k9|0|broker 2|none||F1", rows[0], StringComparison.Ordinal);
        Assert.EndsWith("|marathon-run-7h2k9|0|none|broker 3|1, 3|F1", rows[1], StringComparison.Ordinal);
        Assert.EndsWith("|marathon-run-7h2k9|0|broker 3|broker 2|1, 2, 3|", rows[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NothingButTheRequiredFields_IsAPage()
    {
        Report bare = new()
        {
            RunId = "r", Scenario = "s", Verdict = "harness-fault", Outcome = "failed", Reason = "x", Seed = 1,
            StartedAt = SampleReports.At(0), EndedAt = SampleReports.At(0),
        };
        Assert.Contains("never reached", Pages.Parse(bare).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Contents_LinksToEverySection()
    {
        XElement page = Pages.Parse(SampleReports.Violation);
        string[] targets = [.. page.Descendants("nav").Descendants("a").Select(a => (string)a.Attribute("href")!)];
        Assert.Equal(page.Descendants("section").Select(s => "#" + (string?)s.Attribute("id")), targets);
    }

    [Fact]
    public void Render_Records_ShowsEveryCountAndThatTheyAddUp()
    {
        string records = Pages.Parse(SampleReports.Violation).Section("records")!.Value;
        Assert.Contains("sent 600,000 = acked 599,412 + failed 12 + indeterminate 576", records, StringComparison.Ordinal);
        Assert.Contains("acked 599,412 = received 599,390 + unseen 8 + lost 14", records, StringComparison.Ordinal);
        Assert.DoesNotContain("does not add up", records, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_RecordsThatDoNotAddUp_SaysSo() => Assert.Contains(
        "≠ received 1 + unseen 0 + lost 0does not add up",
        Pages.Parse(SampleReports.Pass with { Records = new(Sent: 2, Acked: 2, Received: 1) }).Section("records")!.Value,
        StringComparison.Ordinal);

    [Fact]
    public void Render_Configuration_HasEveryKey()
    {
        string[] keys = [.. Pages.Parse(SampleReports.Pass).Section("configuration")!.Descendants("dt").Select(d => d.Value)];
        Assert.Equal(SampleReports.Pass.Config.Keys, keys);
    }

    [Fact]
    public void Render_FailedAssertions_ComeFirst() => Assert.Equal(
        ["backlog-drained", "offered-load"],
        Pages.Parse(SampleReports.Violation).Section("assertions")!.Rows().Select(r => r[0]));

    [Fact]
    public void Render_Lies_SaysWhatBecameOfEach() => Assert.Equal(
        ["caught", "partly caught", "never told"],
        Pages.Parse(SampleReports.Violation).Section("lies")!.Rows().Select(r => r[^1]));

    [Fact]
    public void Render_Workers_HasEveryLife() => Assert.Equal(
        [("w0", "1"), ("w0", "2"), ("w1", "1")],
        Pages.Parse(SampleReports.Pass).Section("workers")!.Rows().Select(r => (r[0], r[1])));

    [Fact]
    public void Render_ContentSecurityPolicy_AllowsItsOwnScriptAndStyleAlone()
    {
        XElement page = Pages.Parse(SampleReports.Pass);
        string policy = (string)page.Descendants("meta").Single(m => (string?)m.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content")!;
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src '{Hash(page.Descendants("style").Single().Value)}'", policy, StringComparison.Ordinal);
        Assert.Contains($"script-src '{Hash(page.Descendants("script").Single().Value)}'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);

        static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Render_EveryTableAndDrawing_IsDescribedToThoseWhoCannotSeeIt()
    {
        XElement page = Pages.Parse(SampleReports.Violation);
        Assert.All(page.Descendants("table"), t => Assert.False(string.IsNullOrWhiteSpace(t.Element("caption")?.Value)));
        Assert.All(page.Descendants("th"), h => Assert.NotNull(h.Attribute("scope")));
        Assert.All(page.Descendants("svg"), s => Assert.True(
            s.AncestorsAndSelf().Any(a => (string?)a.Attribute("aria-hidden") == "true") || (string?)s.Attribute("role") == "img"));
        Assert.All(page.Descendants().Where(e => (string?)e.Attribute("role") == "img"), e => Assert.False(string.IsNullOrWhiteSpace((string?)e.Attribute("aria-label"))));
        Assert.Single(page.Descendants("h1"));
    }
}
