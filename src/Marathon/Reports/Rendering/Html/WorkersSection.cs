using Marathon.Reports.Rendering.Charts;

namespace Marathon.Reports.Rendering.Html;

/// <summary>Every life of every worker.</summary>
internal static class WorkersSection
{
    public static Section Of(Report report, TimeAxis axis) => new("workers", "Workers", report.Workers.Select(w => w.Id).Distinct().Count(), Body(report, axis));

    private static Markup Body(Report report, TimeAxis axis) => report.Workers.Count == 0 ? Markup.Empty : Table.Render(
        "Every life of every worker",
        ["Worker", "#Life", "Role", "Node", "#Pid", "#Start", "#Lived", "End", "#CPU", "#Acked", "#Received"],
        report.Workers.Select(w => (IReadOnlyList<Markup>)
        [
            Table.Text(w.Id), Markup.Of($"{w.Epoch}"), Table.Text(w.Role), Table.Text(w.Node ?? Readable.Absent),
            w.Pid is { } pid ? Markup.Of($"{pid}") : Table.Text(Readable.Absent), Table.Text("+" + Readable.Duration(axis.Seconds(w.StartedAt))),
            Table.Text(w.EndedAt is { } end ? Readable.Duration((end - w.StartedAt).TotalSeconds) : Readable.Absent),
            Markup.Of($"{Chip.Of(w.End)}{(w.ReplacedBy is { } by ? Markup.Of($" life {by} took over") : Markup.Empty)}"),
            Table.Text(Readable.Duration(w.CpuSeconds)), Table.Text(Readable.Count(w.RecordsAcked)), Table.Text(Readable.Count(w.RecordsReceived)),
        ]));
}
