namespace Marathon.Reports.Rendering.Charts;

/// <summary>The one time axis of a report: from the run's start to its end, in percent of the plot's width.</summary>
internal sealed class TimeAxis
{
    private static readonly double[] Steps =
    [
        0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200,
        86_400, 172_800, 604_800, 1_209_600, 2_592_000, 7_776_000, 31_536_000,
    ];

    private readonly DateTimeOffset start;

    public TimeAxis(DateTimeOffset start, DateTimeOffset end)
    {
        this.start = start;
        LengthSeconds = double.Max((end - start).TotalSeconds, 0.01);
        double step = Steps.FirstOrDefault(s => LengthSeconds / s <= 8, Steps[^1] * double.Ceiling(LengthSeconds / Steps[^1] / 8));
        TickSeconds = [.. Enumerable.Range(0, (int)(LengthSeconds / step) + 1).Select(i => i * step)];
    }

    public double LengthSeconds { get; }

    /// <summary>At most nine, from 0.</summary>
    public IReadOnlyList<double> TickSeconds { get; }

    public double Seconds(DateTimeOffset time) => (time - start).TotalSeconds;

    /// <summary>Where a moment is drawn, 0 to 100; what lies outside the run is drawn at its edge.</summary>
    public double Percent(double seconds) => double.IsNaN(seconds) ? 0 : double.Clamp(100 * seconds / LengthSeconds, 0, 100);

    public double Percent(DateTimeOffset time) => Percent(Seconds(time));

    /// <summary>Left edge and width; never so narrow that it cannot be seen, never outside.</summary>
    public (double Left, double Width) Span(DateTimeOffset from, DateTimeOffset? to)
    {
        double left = Percent(from);
        double width = double.Max((to is { } end ? Percent(end) : 100) - left, 0.3);
        return (double.Min(left, 100 - width), width);
    }
}
