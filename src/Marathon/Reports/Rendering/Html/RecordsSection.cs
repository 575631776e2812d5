namespace Marathon.Reports.Rendering.Html;

/// <summary>What became of every record, and whether the counts add up.</summary>
internal static class RecordsSection
{
    public static Section Of(Report report) => new("records", "Records", null, Body(report.Records));

    private static Markup Body(RecordsReport r) => Markup.Of(
        $"""
        <ul class="tiles">{Tile("sent", r.Sent, "handed to the clients")}{Tile("acked", r.Acked, "acknowledged by the cluster")}{Tile("received", r.Received, "acknowledged and read", r.Acked > 0 && r.Received == r.Acked ? "good" : "")}{Tile("lost", r.Lost, "acknowledged and proven absent", r.Lost > 0 ? "bad" : "")}{Tile("unseen", r.Unseen, "acknowledged, neither read nor proven lost", r.Unseen > 0 ? "unsure" : "")}{Tile("indeterminate", r.Indeterminate, "nobody can say whether they were written")}{Tile("failed", r.Failed, "definitely not written")}</ul>
        {Bar(r)}<p class="sums">{Sum("sent", r.Sent, ("acked", r.Acked), ("failed", r.Failed), ("indeterminate", r.Indeterminate))}{Sum("acked", r.Acked, ("received", r.Received), ("unseen", r.Unseen), ("lost", r.Lost))}</p>
        <p class="note">Of the indeterminate, {Readable.Count(r.IndeterminateSeen)} were seen. {Readable.Count(r.Rereads)} times a record was read again at its own offset. Warm-up is included.</p>

        """);

    private static Markup Tile(string name, long count, string meaning, string tone = "") => Markup.Of(
        $"""<li class="tile {tone}"><span class="figure">{Readable.Count(count)}</span><span class="name">{name}</span><span class="meaning">{meaning}</span></li>""");

    // Shares of everything sent; a part that exists is never too thin to be seen.
    private static Markup Bar(RecordsReport r)
    {
        (string Name, long Count)[] parts =
            [("received", r.Received), ("unseen", r.Unseen), ("lost", r.Lost), ("indeterminate", r.Indeterminate), ("failed", r.Failed)];
        long sum = parts.Sum(p => long.Max(p.Count, 0));
        if (sum == 0)
        {
            return Markup.Empty;
        }

        double[] widths = [.. parts.Select(p => p.Count <= 0 ? 0 : double.Max(100d * p.Count / sum, 0.6))];
        double scale = 100 / widths.Sum(), left = 0;
        List<Markup> rects = [];
        foreach (((string name, long count), double width) in parts.Zip(widths))
        {
            rects.Add(Markup.Of($"<rect class=\"part {name}\" x=\"{left}%\" width=\"{width * scale}%\" height=\"100%\"><title>{name}: {Readable.Count(count)}</title></rect>"));
            left += width * scale;
        }

        string description = string.Join(", ", parts.Select(p => $"{p.Name} {Readable.Count(p.Count)}"));
        return Markup.Of($"<svg class=\"shares\" width=\"100%\" height=\"10\" role=\"img\" aria-label=\"Shares of all records sent: {description}\">{rects}</svg>\n");
    }

    private static Markup Sum(string name, long total, params (string Name, long Count)[] parts) => Markup.Of(
        $"""<span><b>{name}</b> {Readable.Count(total)} {(total == parts.Sum(p => p.Count) ? "=" : "≠")} {string.Join(" + ", parts.Select(p => $"{p.Name} {Readable.Count(p.Count)}"))}{(total == parts.Sum(p => p.Count) ? Markup.Empty : Chip.Of("does not add up"))}</span>""");
}
