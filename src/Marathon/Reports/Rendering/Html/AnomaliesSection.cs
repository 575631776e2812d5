using System.Text.Json;

namespace Marathon.Reports.Rendering.Html;

/// <summary>What was found: each root, and under it what follows from it.</summary>
internal static class AnomaliesSection
{
    public static Section Of(Report report) => new("anomalies", "Anomalies", report.Anomalies.Count, Body(report));

    private static Markup Body(Report report)
    {
        if (report.Anomalies.Count == 0)
        {
            return Markup.Of($"<p class=\"none\">None was found.</p>\n");
        }

        return Markup.Join(AnomalyTree.Of(report.Anomalies).Select(Render));
    }

    private static Markup Render(AnomalyTree tree)
    {
        AnomalyReport a = tree.Anomaly;
        return Markup.Of(
            $"""
            <article class="anomaly {(a.Policy == "violation" ? "bad" : "plain")}"><h3><code>{a.Kind}</code> <span class="times">× {Readable.Count(a.Count)}</span> {Chip.Of(a.Severity)} {Chip.Of(a.Policy)}</h3>
            <p>{a.Why}</p>
            {(tree.Orphaned ? Markup.Of($"<p class=\"note\">Caused by <code>{a.CausedBy}</code>.</p>") : Markup.Empty)}{Examples(a)}{Consequences(tree)}</article>

            """);
    }

    private static Markup Consequences(AnomalyTree tree) => tree.Consequences.Count == 0 ? Markup.Empty : Markup.Of(
        $"""
        <div class="consequences"><p class="note">Follows from <code>{tree.Anomaly.Kind}</code>:</p>
        {tree.Consequences.Select(Render)}</div>
        """);

    private static Markup Examples(AnomalyReport anomaly)
    {
        if (anomaly.Examples.Count == 0)
        {
            return Markup.Empty;
        }

        string[] names = [.. anomaly.Examples.Where(e => e.ValueKind == JsonValueKind.Object).SelectMany(e => e.EnumerateObject().Select(p => p.Name)).Distinct()];
        bool hasOthers = anomaly.Examples.Any(e => e.ValueKind != JsonValueKind.Object);
        string[] columns = hasOthers ? [.. names, "value"] : names;
        return columns.Length == 0 ? Markup.Empty : Table.Render(
            anomaly.Examples.Count < anomaly.Count
                ? $"{Readable.Count(anomaly.Examples.Count)} of {Readable.Count(anomaly.Count)} findings of {anomaly.Kind}"
                : $"Findings of {anomaly.Kind}",
            [.. columns.Select(c => IsNumeric(anomaly, c) ? "#" + c : c)],
            anomaly.Examples.Select(e => (IReadOnlyList<Markup>)[.. names.Select(n => Table.Text(Cell(e, n))), .. hasOthers ? [Table.Text(Whole(e))] : Array.Empty<Markup>()]));
    }

    private static string Cell(JsonElement example, string name) =>
        example.ValueKind == JsonValueKind.Object && example.TryGetProperty(name, out JsonElement value) ? Readable.Value(value) : "";

    private static string Whole(JsonElement example) => example.ValueKind == JsonValueKind.Object ? "" : Readable.Value(example);

    private static bool IsNumeric(AnomalyReport anomaly, string column) => anomaly.Examples.All(e =>
        e.ValueKind == JsonValueKind.Object && e.TryGetProperty(column, out JsonElement value) && value.ValueKind is JsonValueKind.Number or JsonValueKind.Null);
}
