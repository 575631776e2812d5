using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Marathon.Reports;
using Marathon.Reports.Rendering;

namespace Marathon.Tests.Reports.Rendering;

/// <summary>Every text of a report may come from others: topics, client errors, brokers' versions, examples.</summary>
public sealed class HostileReportTests
{
    public static TheoryData<string> Payloads => new(
        "</script><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'--></style><svg onload=alert(1)>",
        "]]><!ENTITY x SYSTEM \"file:///etc/passwd\">&x;",
        "{{7*7}} javascript:alert(1) &lt;b&gt;",
        "nul\0bell\u0007escape\u001b[2J\u0085\u2028\u202Egnp.exe\uFFFE",
        "lone \uD800 surrogate, \uDC00 too");

    private static readonly string[] Ours =
    [
        "html", "head", "meta", "title", "style", "body", "header", "nav", "main", "footer", "section", "article", "div", "h1", "h2", "h3", "p", "b",
        "span", "code", "ul", "li", "a", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "script",
        "svg", "g", "rect", "line", "polyline", "circle", "text",
    ];

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Html_OfAReportFullOfIt_HasNoElementOrAttributeOfOthers(string payload)
    {
        XElement page = Pages.Parse(Poison(SampleReports.Violation, payload));
        Assert.Empty(page.DescendantsAndSelf().Select(e => e.Name.LocalName).Except(Ours));
        Assert.Single(page.Descendants("script"));
        Assert.Single(page.Descendants("style"));
        Assert.DoesNotContain(page.Descendants().Attributes(), a =>
            a.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase) || a.Name.LocalName is "src" or "style" or "srcdoc" or "action");
        Assert.All(page.Descendants().Attributes("href"), a => Assert.StartsWith("#", a.Value, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Html_OfAReportFullOfIt_HasNoClassOfOthers(string payload)
    {
        string[] clean = [.. Classes(SampleReports.Violation), "other", "plain", "outcome", "s2", "s3", "s4", "s5"];
        Assert.Empty(Classes(Poison(SampleReports.Violation, payload)).Except(clean));

        static IEnumerable<string> Classes(Report report) =>
            Pages.Parse(report).Descendants().Attributes("class").SelectMany(c => c.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct();
    }

    [Fact]
    public void Html_OfMarkup_ShowsItAsText()
    {
        const string reason = "<b>\"5 > 3\" & 'x'</b>";
        Assert.Equal(reason, Pages.Parse(SampleReports.Pass with { Reason = reason }).Descendants("p").Single(p => (string?)p.Attribute("class") == "reason").Value);
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Junit_OfAReportFullOfIt_IsWellFormed(string payload)
    {
        XElement suites = XElement.Parse(JunitReport.Render(Poison(SampleReports.Violation, payload)));
        Assert.Empty(suites.DescendantsAndSelf().Select(e => e.Name.LocalName)
            .Except(["testsuites", "testsuite", "properties", "property", "testcase", "failure", "error", "skipped"]));
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Text_OfAReportFullOfIt_HasNothingATerminalObeys(string payload)
    {
        string text = TextReport.Render(Poison(SampleReports.Violation, payload));
        Assert.DoesNotContain(text, c => (char.IsControl(c) && c != '\n') || c is '\u202E' or '\u2028');
    }

    [Fact]
    public void Text_OfAReasonWithLineBreaks_CannotForgeALine() => Assert.DoesNotContain(
        "\nPASS", TextReport.Render(SampleReports.Violation with { Reason = "so it is\nPASS" }), StringComparison.Ordinal);

    [Fact]
    public void Html_OfNumbersThatAreNone_IsStillAPage()
    {
        Report odd = SampleReports.Pass with
        {
            EndedAt = SampleReports.At(-5),
            Records = new(Sent: long.MaxValue, Acked: -1),
            Throughput = new(new(double.NaN, double.PositiveInfinity), new(-1, 0)),
            Series =
            [
                new("a", "ms", [[double.NaN, 1], [1, double.PositiveInfinity], [], [1], [1, 2, 3], [-50, -3], [1e12, 1e300]]),
                new("b", "ms", []), new("c", "%", [[3, 0]]), new("d", "x", [[1, 1], [1, 1], [1, 1]]),
            ],
        };
        Assert.DoesNotContain("NaN", Pages.Parse(odd).Value, StringComparison.Ordinal);
        Assert.DoesNotContain(Pages.Parse(odd).Descendants().Attributes(), a => a.Value.Contains("NaN", StringComparison.Ordinal) || a.Value.Contains('∞', StringComparison.Ordinal));
    }

    // Every string of the report's JSON, also names of properties of examples and keys of the configuration.
    private static Report Poison(Report report, string payload)
    {
        JsonNode json = JsonSerializer.SerializeToNode(report, ReportJson.Options)!;
        Visit(json);
        var examples = (JsonArray)json["anomalies"]![0]!["examples"]!;
        examples.Add(new JsonObject { [payload] = payload });
        examples.Add(JsonValue.Create(payload));
        json["config"]![payload] = payload;
        return json.Deserialize<Report>(ReportJson.Options)!;

        void Visit(JsonNode node)
        {
            foreach (JsonNode child in node is JsonObject o ? o.Select(p => p.Value!).Where(v => v is not null) : node is JsonArray a ? a.Where(v => v is not null).Select(v => v!) : [])
            {
                if (child is JsonValue value && value.TryGetValue(out string? text))
                {
                    if (!DateTimeOffset.TryParse(text, out _) && text is not "violation")
                    {
                        child.ReplaceWith(payload);
                    }
                }
                else
                {
                    Visit(child);
                }
            }
        }
    }
}
