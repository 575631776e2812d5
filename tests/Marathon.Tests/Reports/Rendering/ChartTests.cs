using System.Globalization;
using System.Xml.Linq;
using Marathon.Reports;

namespace Marathon.Tests.Reports.Rendering;

public sealed class ChartTests
{
    [Fact]
    public void Charts_AreOnePerUnitWithALinePerSeries()
    {
        XElement[] charts = [.. Pages.Parse(SampleReports.Pass).Descendants("figure").Where(f => (string?)f.Attribute("class") == "chart")];
        Assert.Equal(["Rate", "Latency", "Lag"], charts.Select(c => c.Element("figcaption")!.Value.Split(' ')[0]));
        Assert.Equal([2, 2, 1], charts.Select(c => c.Descendants("polyline").Count()));
    }

    [Fact]
    public void Charts_ShadeStagesAndMarkFaultsWhereTheyWere()
    {
        // The sample's run takes 46.2 s: warm-up begins at 6.4 s, the fault at 17.4 s.
        foreach (XElement lines in Pages.Parse(SampleReports.Pass).Descendants("svg").Where(s => (string?)s.Attribute("class") == "plot lines"))
        {
            XElement warmup = lines.Elements("rect").Single(r => (string?)r.Attribute("class") == "stage warmup");
            Assert.Equal(100 * 6.4 / 46.2, Percent(warmup, "x"), 2);
            XElement fault = lines.Elements("g").Single(g => (string?)g.Attribute("class") == "fault");
            Assert.Equal(100 * 17.4 / 46.2, Percent(fault.Element("line")!, "x1"), 2);
            Assert.Equal("F1", fault.Element("text")!.Value);
        }
    }

    [Fact]
    public void Timeline_DrawsEveryLifeOfAWorkerInItsRow()
    {
        XElement timeline = Pages.Parse(SampleReports.Pass).Section("timeline")!;
        string[] bars = [.. timeline.Descendants("svg").Where(s => (string?)s.Attribute("class") == "bar").Select(b => b.Element("title")!.Value)];
        Assert.Contains("w0, life 1: killed", bars);
        Assert.Contains("w0, life 2: done", bars);
        Assert.Equal(["Stages", "Faults", "Leaders", "w0", "w1"], timeline.Descendants("span").Where(s => (string?)s.Attribute("class") == "label").Select(s => s.Value));
    }

    [Fact]
    public void SeriesOfZeros_HasAnAxisThatCanBeRead() =>
        Assert.DoesNotContain("e-", Chart(new SeriesReport("lag", "records", [[0, 0], [10, 0]])).Value, StringComparison.Ordinal);

    [Fact]
    public void LongSeries_IsThinnedWithoutLosingItsPeak()
    {
        List<double[]> points = [.. Enumerable.Range(0, 200_000).Select(i => new[] { i * 46.2 / 200_000, 100d })];
        points[123_456] = [points[123_456][0], 9_999];
        points[77_777] = [points[77_777][0], 1];
        XElement chart = Chart(new SeriesReport("produce-rate", "records/s", points));
        Assert.Contains("1 to 9,999 records/s", chart.Value, StringComparison.Ordinal);
        string[] drawn = ((string)chart.Descendants("polyline").Single().Attribute("points")!).Split(' ');
        Assert.InRange(drawn.Length, 400, 800);
        Assert.Contains(drawn, p => double.Parse(p.Split(',')[1], CultureInfo.InvariantCulture) < 10);
    }

    [Fact]
    public void LatencyWithPeaks_HasALogarithmicAxis()
    {
        Assert.Contains("logarithmic", Chart(new SeriesReport("publish-p99", "ms", [[1, 2], [2, 4_000]])).Element("figcaption")!.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("logarithmic", Chart(new SeriesReport("publish-p99", "ms", [[1, 2], [2, 4]])).Element("figcaption")!.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("logarithmic", Chart(new SeriesReport("produce-rate", "records/s", [[1, 2], [2, 4_000]])).Element("figcaption")!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(46)]
    [InlineData(3_600)]
    [InlineData(1_209_600)]
    [InlineData(400_000_000)]
    public void TimeAxis_OfAnyLength_HasAHandfulOfLabels(double seconds)
    {
        Report report = SampleReports.Pass with { EndedAt = SampleReports.At(seconds) };
        XElement ticks = Pages.Parse(report).Descendants("svg").First(s => (string?)s.Attribute("class") == "plot ticks");
        Assert.InRange(ticks.Elements("text").Count(), 3, 9);
        Assert.Equal(ticks.Elements("text").Count(), ticks.Elements("text").Select(t => t.Value).Distinct().Count());
    }

    [Fact]
    public void SinglePoint_IsADot() => Assert.Single(Chart(new SeriesReport("lag", "records", [[3, 4]])).Descendants("circle"));

    private static XElement Chart(SeriesReport series) =>
        Pages.Parse(SampleReports.Pass with { Series = [series] }).Descendants("figure").Single(f => (string?)f.Attribute("class") == "chart");

    private static double Percent(XElement element, string attribute) =>
        double.Parse(((string)element.Attribute(attribute)!).TrimEnd('%'), CultureInfo.InvariantCulture);
}
