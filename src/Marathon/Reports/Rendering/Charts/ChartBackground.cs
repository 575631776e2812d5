using Marathon.Reports.Rendering.Html;

namespace Marathon.Reports.Rendering.Charts;

/// <summary>What all drawings over time share: stages as shades, faults as marks. Widths are in percent, so text keeps its size.</summary>
internal static class ChartBackground
{
    public static Markup Stages(Report report, TimeAxis axis) => Markup.Join(report.Stages.Select(stage =>
    {
        (double left, double width) = axis.Span(stage.StartedAt, stage.EndedAt);
        return Markup.Of($"<rect class=\"stage {StageClass(stage.Name)}\" x=\"{left}%\" width=\"{width}%\" y=\"0\" height=\"100%\"/>");
    }));

    public static Markup Faults(Report report, TimeAxis axis, bool named) => Markup.Join(report.Faults.Select((fault, i) =>
    {
        (double left, double width) = axis.Span(fault.StartedAt, fault.HealedAt);
        return Markup.Of(
            $"""
            <g class="fault"><title>{FaultName(i)}: {fault.Kind} of {fault.Target}</title><rect x="{left}%" width="{width}%" y="0" height="100%"/><line x1="{left}%" x2="{left}%" y1="0" y2="100%"/>{(named ? Markup.Of($"<text x=\"{left}%\" dx=\"4\" y=\"13\">{FaultName(i)}</text>") : Markup.Empty)}</g>
            """);
    }));

    public static string FaultName(int index) => $"F{index + 1}";

    public static string StageClass(string name) => name switch
    {
        "prepare" or "warmup" or "workload" or "cleanup" => name,
        _ => "other",
    };

    /// <summary>The labels below the axis; every other one gives way on a narrow screen.</summary>
    public static Markup TimeLabels(TimeAxis axis) => Markup.Of(
        $"""
        <svg class="plot ticks" width="100%" height="20" aria-hidden="true">{axis.TickSeconds.Select((seconds, i) => TimeLabel(axis, seconds, i))}</svg>
        """);

    private static Markup TimeLabel(TimeAxis axis, double seconds, int index)
    {
        double x = axis.Percent(seconds);
        string anchor = x < 3 ? "start" : x > 96 ? "end" : "middle";
        string yields = index % 2 == 1 ? "tick yields" : "tick";
        return Markup.Of($"<text class=\"{yields}\" x=\"{x}%\" y=\"14\" text-anchor=\"{anchor}\">{(seconds == 0 ? "0" : Readable.Duration(seconds))}</text>");
    }
}
