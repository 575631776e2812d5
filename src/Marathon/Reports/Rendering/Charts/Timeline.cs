using Marathon.Reports.Rendering.Html;

namespace Marathon.Reports.Rendering.Charts;

/// <summary>Stages, faults, changes of leaders and the lives of workers as bars on one time axis.</summary>
internal static class Timeline
{
    // More rows than this say nothing any more; the table of workers has them all.
    private const int MostWorkers = 40;

    // Changes of leaders: moments that are drawn, and partitions that one of them names.
    private const int MostChanges = 200, MostNamed = 6;

    private const double NarrowPercent = 9;

    private static readonly Markup CutEnd = Markup.Of($"<rect class=\"cut\" x=\"100%\" y=\"0\" width=\"6\" height=\"24\" transform=\"translate(-6)\"/>");

    public static Markup Render(Report report, TimeAxis axis)
    {
        string[] workers = [.. report.Workers.Select(w => w.Id).Distinct()];
        return Markup.Of(
            $"""
            <figure class="timeline"><figcaption>Stages, faults and workers over time</figcaption>
            <div class="rows" role="img" aria-label="{Description(report, axis)}">
            {Row("Stages", report, axis, Markup.Join(report.Stages.Select(s => StageBar(s, axis))))}{FaultRow(report, axis)}{LeadershipRow(report, axis)}{workers.Take(MostWorkers).Select(w => WorkerRow(w, report, axis))}<span></span>{ChartBackground.TimeLabels(axis)}</div>
            {(workers.Length > MostWorkers ? Markup.Of($"<p class=\"note\">{MostWorkers} of {workers.Length} workers are drawn; the table of workers has all.</p>") : Markup.Empty)}</figure>

            """);
    }

    private static Markup Row(string label, Report report, TimeAxis axis, Markup bars) => Markup.Of(
        $"""
        <span class="label" title="{label}">{label}</span><svg class="plot row" width="100%" height="24" aria-hidden="true"><rect class="ground" width="100%" height="100%"/>{ChartBackground.Faults(report, axis, named: false)}{bars}</svg>

        """);

    private static Markup FaultRow(Report report, TimeAxis axis) => report.Faults.Count == 0
        ? Markup.Empty
        : Row("Faults", report, axis, Markup.Join(report.Faults.Select((fault, i) => Bar(
            axis.Span(fault.StartedAt, fault.HealedAt), "broken", ChartBackground.FaultName(i),
            $"{ChartBackground.FaultName(i)}: {fault.Kind} of {fault.Target}, healed after {Healed(fault)}"))));

    private static Markup LeadershipRow(Report report, TimeAxis axis) => report.Leadership.Count == 0
        ? Markup.Empty
        : Row("Leaders", report, axis, Markup.Join(report.Leadership.GroupBy(change => change.At).Take(MostChanges).Select(at => Bar(
            axis.Span(at.Key, at.Key),
            at.Any(change => change.To is null) ? "broken" : "life",
            "",
            string.Join("; ", at.Take(MostNamed).Select(change => change.ToString())) + (at.Count() > MostNamed ? $"; and {at.Count() - MostNamed} more" : "")))));

    private static Markup WorkerRow(string worker, Report report, TimeAxis axis) => Row(
        worker,
        report,
        axis,
        Markup.Join(report.Workers.Where(w => w.Id == worker).OrderBy(w => w.Epoch).Select(life => Bar(
            axis.Span(life.StartedAt, life.EndedAt),
            "life",
            life.Epoch > 1 || life.ReplacedBy is not null ? $"{life.Epoch}" : "",
            $"{life.Id}, life {life.Epoch}: {life.End}",
            life.End is "killed" or "lost"))));

    private static Markup StageBar(StageReport stage, TimeAxis axis) => Bar(
        axis.Span(stage.StartedAt, stage.EndedAt),
        $"stage-bar {ChartBackground.StageClass(stage.Name)}",
        stage.Attempt > 1 ? $"{stage.Name} {stage.Attempt}" : stage.Name,
        $"{stage.Name}, attempt {stage.Attempt}: {stage.Outcome}");

    // The label sits in a nested svg, which cuts off what does not fit its bar.
    private static Markup Bar((double Left, double Width) span, string style, string label, string title, bool isCut = false) => Markup.Of(
        $"""
        <svg x="{span.Left}%" width="{span.Width}%" height="24" class="bar"><title>{title}</title><rect class="{style}" y="3" width="100%" height="18" rx="3"/>{(isCut ? CutEnd : Markup.Empty)}{Label(span.Width, label)}</svg>
        """);

    private static Markup Label(double width, string label)
    {
        double needed = double.Max(NarrowPercent, label.Length * 1.1);
        return label.Length == 0 || width < (label.Length <= 3 ? 2.5 : needed)
            ? Markup.Empty
            : Markup.Of($"<text class=\"{(label.Length > 3 && width < 2.8 * needed ? "yields" : "stays")}\" x=\"6\" y=\"16\">{label}</text>");
    }

    private static string Healed(FaultReport fault) => fault.HealedAt is { } healed ? Readable.Duration((healed - fault.StartedAt).TotalSeconds) : "never";

    private static string Description(Report report, TimeAxis axis)
    {
        IEnumerable<string> stages = report.Stages.Select(s => $"{s.Name} from {At(s.StartedAt)} to {At(s.EndedAt ?? report.EndedAt)}");
        IEnumerable<string> faults = report.Faults.Select((f, i) => $"fault {ChartBackground.FaultName(i)}, {f.Kind} of {f.Target}, at {At(f.StartedAt)}");
        IEnumerable<string> workers = report.Workers.Where(w => w.End is "killed" or "lost").Select(w => $"worker {w.Id} {w.End} at {At(w.EndedAt ?? report.EndedAt)}");
        return string.Join("; ", [.. stages, .. faults, .. workers.Take(10)]) is { Length: > 0 } text ? text : "nothing was started";

        string At(DateTimeOffset time) => Readable.Duration(axis.Seconds(time));
    }
}
