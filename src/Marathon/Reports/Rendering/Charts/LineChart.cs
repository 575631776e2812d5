using System.Text;
using System.Text.Json;
using Marathon.Reports.Rendering.Html;

namespace Marathon.Reports.Rendering.Charts;

/// <summary>Series of one unit as lines over the run's time.</summary>
internal static class LineChart
{
    // Colours and dashes of the style sheet.
    private const int Styles = 6;
    private const int Stretches = 400;
    private const int HeightPixels = 190;

    public static Markup Render(string title, string unit, IReadOnlyList<SeriesReport> series, Report report, TimeAxis axis)
    {
        (string Name, IReadOnlyList<(double Seconds, double Value)> Points)[] lines = [.. series.Select(s => (s.Name, Decimation.Thin(s.Points, Stretches)))];
        ValueAxis values = ValueAxis.Fit(lines.SelectMany(l => l.Points).Select(p => p.Value), mayBeLogarithmic: unit == "ms");
        string description = string.Join("; ", lines.Select(l => $"{l.Name}: {Summary(l.Points, unit)}"));
        string data = JsonSerializer.Serialize(lines.Select(l => l.Points.Select(p => new[] { double.Round(p.Seconds, 3), p.Value })));
        return Markup.Of(
            $"""
            <figure class="chart" data-length="{axis.LengthSeconds}" data-unit="{unit}" data-series="{data}"><figcaption>{title} <span class="unit">{unit}{(values.IsLogarithmic ? ", logarithmic" : "")}</span></figcaption>
            <ul class="legend">{lines.Select((l, i) => Legend(l.Name, Summary(l.Points, unit), i))}<li class="at" aria-hidden="true"></li></ul>
            <div class="rows" role="img" aria-label="{title} over time. {description}">
            <svg class="values" width="100%" height="{HeightPixels}" aria-hidden="true">{values.Ticks.Select(v => ValueLabel(values, v))}</svg>
            <svg class="plot lines" width="100%" height="{HeightPixels}" aria-hidden="true">{ChartBackground.Stages(report, axis)}{values.Ticks.Select(v => Grid(values, v))}{ChartBackground.Faults(report, axis, named: true)}
            <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" width="100%" height="100%">{lines.Select((l, i) => Line(l.Points, i, axis, values))}</svg>{lines.Select((l, i) => Lonely(l.Points, i, axis, values))}<line class="cursor" y1="0" y2="100%" visibility="hidden"/></svg>
            <span></span>{ChartBackground.TimeLabels(axis)}</div></figure>

            """);
    }

    private static Markup Line(IReadOnlyList<(double Seconds, double Value)> points, int index, TimeAxis axis, ValueAxis values)
    {
        StringBuilder path = new();
        foreach ((double seconds, double value) in points)
        {
            path.Append(path.Length == 0 ? "" : " ").Append(FormattableString.Invariant($"{10 * axis.Percent(seconds):0.#},{1000 * (1 - values.Share(value)):0.#}"));
        }

        return Markup.Of($"<polyline class=\"line s{index % Styles}\" points=\"{path.ToString()}\"/>");
    }

    // A line needs two points; one alone is a dot.
    private static Markup Lonely(IReadOnlyList<(double Seconds, double Value)> points, int index, TimeAxis axis, ValueAxis values) => points is [var (seconds, value)]
        ? Markup.Of($"<circle class=\"dot s{index % Styles}\" cx=\"{axis.Percent(seconds)}%\" cy=\"{100 * (1 - values.Share(value))}%\" r=\"3\"/>")
        : Markup.Empty;

    private static Markup Legend(string name, string summary, int index) => Markup.Of(
        $"""<li><svg class="swatch" width="22" height="10" aria-hidden="true"><line class="line s{index % Styles}" x1="0" x2="22" y1="5" y2="5"/></svg><span class="name">{name}</span> <span class="value">{summary}</span></li>""");

    private static Markup ValueLabel(ValueAxis values, double value)
    {
        double y = (1 - values.Share(value)) * HeightPixels;
        return Markup.Of($"<text class=\"tick\" x=\"100%\" dx=\"-8\" y=\"{double.Clamp(y + 4, 11, HeightPixels - 2)}\" text-anchor=\"end\">{Readable.Short(value)}</text>");
    }

    private static Markup Grid(ValueAxis values, double value)
    {
        double y = double.Clamp((1 - values.Share(value)) * HeightPixels, 0.5, HeightPixels - 0.5);
        return Markup.Of($"<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/>");
    }

    private static string Summary(IReadOnlyList<(double Seconds, double Value)> points, string unit) => points.Count == 0
        ? "nothing measured"
        : $"{Readable.Number(points.Min(p => p.Value))} to {Readable.Number(points.Max(p => p.Value))} {unit}";
}
