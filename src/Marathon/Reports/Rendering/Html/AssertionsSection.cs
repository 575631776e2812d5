namespace Marathon.Reports.Rendering.Html;

/// <summary>What was asserted; failed ones first.</summary>
internal static class AssertionsSection
{
    public static Section Of(Report report) => new("assertions", "Assertions", report.Assertions.Count, Body(report));

    private static Markup Body(Report report) => report.Assertions.Count == 0 ? Markup.Empty : Table.Render(
        "What was asserted, failed ones first",
        ["Assertion", "Result", "Severity", "#Observed", "#Threshold", "Unit"],
        report.Assertions.OrderBy(a => a.Verdict switch { "fail" => 0, "skipped" => 1, _ => 2 }).Select(a => (IReadOnlyList<Markup>)
        [
            Table.Text(a.Name), Chip.Of(a.Verdict), Table.Text(a.Severity),
            Table.Text(a.Observed is { } observed ? Readable.Number(observed) : Readable.Absent), Table.Text(Readable.Number(a.Threshold)), Table.Text(a.Unit),
        ]));
}
