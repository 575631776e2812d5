using Marathon.Reports.Rendering.Charts;

namespace Marathon.Reports.Rendering.Html;

/// <summary>What was broken on purpose.</summary>
internal static class FaultsSection
{
    public static Section Of(Report report, TimeAxis axis) => new("faults", "Faults", report.Faults.Count, Body(report, axis));

    private static Markup Body(Report report, TimeAxis axis) => report.Faults.Count == 0 ? Markup.Empty : Table.Render(
        "What was broken on purpose; the charts mark it by its number",
        ["Fault", "Kind", "Target", "Role", "#Start", "#Healed after", "#Unavailable for", "#Recovered after"],
        report.Faults.Select((f, i) => (IReadOnlyList<Markup>)
        [
            Table.Text(ChartBackground.FaultName(i)), Table.Text(f.Kind), Table.Text(f.Target), Table.Text(f.Role), Table.Text("+" + Readable.Duration(axis.Seconds(f.StartedAt))),
            f.HealedAt is { } healed ? Table.Text(Readable.Duration((healed - f.StartedAt).TotalSeconds)) : Chip.Of("not healed"),
            Table.Text(Readable.Duration(f.UnavailableForSeconds)), Table.Text(Readable.Duration(f.RecoveredAfterSeconds)),
        ]));
}
