using Marathon.Reports.Rendering.Charts;

namespace Marathon.Reports.Rendering.Html;

/// <summary>The run over time: a drawing, and the same as tables.</summary>
internal static class TimelineSection
{
    public static Section Of(Report report, TimeAxis axis) => new("timeline", "Timeline", null, Body(report, axis));

    private static Markup Body(Report report, TimeAxis axis) => report.Stages.Count == 0 && report.Workers.Count == 0 && report.Faults.Count == 0
        ? Markup.Empty
        : Markup.Of($"{Timeline.Render(report, axis)}{Stages(report, axis)}{Attempts(report, axis)}");

    private static Markup Stages(Report report, TimeAxis axis)
    {
        bool hasReasons = report.Stages.Any(s => s.Reason is not null);
        return report.Stages.Count == 0 ? Markup.Empty : Table.Render(
            "Stages",
            ["Stage", "#Attempt", "#Start", "#Took", "Outcome", .. hasReasons ? ["Reason"] : Array.Empty<string>()],
            report.Stages.Select(s => (IReadOnlyList<Markup>)
            [
                Table.Text(s.Name), Markup.Of($"{s.Attempt}"), Table.Text(Start(axis, s.StartedAt)), Table.Text(Took(s.StartedAt, s.EndedAt)),
                Chip.Of(s.Outcome), .. hasReasons ? [Table.Text(s.Reason)] : Array.Empty<Markup>(),
            ]));
    }

    // One attempt that finished tells nothing that the stages do not.
    private static Markup Attempts(Report report, TimeAxis axis) => report.Attempts is [] or [{ Outcome: "finished" }] ? Markup.Empty : Table.Render(
        "Attempts",
        ["#Attempt", "#Start", "#Took", "Outcome", "Reason"],
        report.Attempts.Select(a => (IReadOnlyList<Markup>)
        [
            Markup.Of($"{a.Number}"), Table.Text(Start(axis, a.StartedAt)), Table.Text(Took(a.StartedAt, a.EndedAt)), Chip.Of(a.Outcome), Table.Text(a.Reason),
        ]));

    private static string Start(TimeAxis axis, DateTimeOffset time) => "+" + Readable.Duration(axis.Seconds(time));

    private static string Took(DateTimeOffset from, DateTimeOffset? to) => to is { } end ? Readable.Duration((end - from).TotalSeconds) : "never ended";
}
