using System.Text.Json;
using System.Xml.Linq;
using Marathon.Reports;

namespace Marathon.Tests.Reports.Rendering;

public sealed class AnomaliesSectionTests
{
    [Fact]
    public void Consequence_OfARoot_StandsUnderIt()
    {
        XElement anomalies = Render(Anomaly("log-regression", "lost-acked-write"), Anomaly("lost-acked-write"));
        XElement root = Assert.Single(anomalies.Elements("article"));
        Assert.Equal("lost-acked-write", Kind(root));
        Assert.Equal("log-regression", Kind(root.Descendants("article").Single()));
    }

    [Fact]
    public void Violations_StandBeforeWhatIsOnlyCounted() => Assert.Equal(
        ["corrupt", "reorder"], Render(Anomaly("reorder") with { Policy = "counted" }, Anomaly("corrupt")).Elements("article").Select(Kind));

    [Fact]
    public void CauseThatTheReportLacks_IsNamed()
    {
        XElement orphan = Assert.Single(Render(Anomaly("eos-broken", "duplicate")).Elements("article"));
        Assert.Contains("Caused by duplicate.", orphan.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void CausesInACircle_AreEachShownOnce() => Assert.Equal(
        ["a", "b", "c"], Render(Anomaly("a", "b"), Anomaly("b", "a"), Anomaly("c", "c")).Descendants("article").Select(Kind).Order());

    [Fact]
    public void SameKindTwice_IsShownTwiceWithItsConsequencesOnce() => Assert.Equal(
        ["a", "a", "b"], Render(Anomaly("a"), Anomaly("a"), Anomaly("b", "a")).Descendants("article").Select(Kind).Order());

    [Fact]
    public void Examples_OfDifferentShapes_ShareOneTable()
    {
        JsonElement[] examples = [Json("""{"partition":3,"by":"w0"}"""), Json("""{"partition":4,"offsets":[1,2]}"""), Json("\"plain\"")];
        XElement table = Render(Anomaly("corrupt") with { Count = 9, Examples = examples }).Descendants("table").Single();
        Assert.Equal("3 of 9 findings of corrupt", table.Element("caption")!.Value);
        Assert.Equal(["partition", "by", "offsets", "value"], table.Descendants("thead").Descendants("th").Select(h => h.Value));
        Assert.Equal([["3", "w0", "", ""], ["4", "", "[1,2]", ""], ["", "", "", "plain"]], table.Rows());
    }

    [Fact]
    public void None_SaysSo() => Assert.Contains("None was found", Render().Value, StringComparison.Ordinal);

    private static XElement Render(params AnomalyReport[] anomalies) => Pages.Parse(SampleReports.Pass with { Anomalies = anomalies }).Section("anomalies")!;

    private static AnomalyReport Anomaly(string kind, string? causedBy = null) => new(kind, 1, "error", "violation", "why", causedBy, []);

    private static string Kind(XElement article) => article.Element("h3")!.Element("code")!.Value;

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
