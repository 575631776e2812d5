namespace Marathon.Reports.Rendering.Html;

/// <summary>The lies that the testbed was asked to tell, and whether they were found out.</summary>
internal static class LiesSection
{
    public static Section Of(Report report) => new("lies", "Lies", report.Lies.Count, Body(report));

    private static Markup Body(Report report) => report.Lies.Count == 0 ? Markup.Empty : Table.Render(
        "Lies that the testbed was asked to tell",
        ["Lie", "Asked", "#Committed", "#Detected", "Result"],
        report.Lies.Select(l => (IReadOnlyList<Markup>)
        [
            Table.Text(l.Kind), Markup.Of($"<code>{l.Asked}</code>"), Table.Text(Readable.Count(l.Committed)), Table.Text(Readable.Count(l.Detected)), Chip.Of(LieResult.Of(l)),
        ]));
}
