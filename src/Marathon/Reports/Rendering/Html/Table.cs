namespace Marathon.Reports.Rendering.Html;

/// <summary>A table with a caption, in a frame that scrolls sideways where it is too wide.</summary>
internal static class Table
{
    /// <param name="caption">What it holds; read out, and shown above it.</param>
    /// <param name="columns">Headings; one that begins with <c>#</c> is of a column of numbers.</param>
    /// <param name="rows">Cells, in the order of the columns; the first of a row is its heading.</param>
    public static Markup Render(string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<Markup>> rows) => Markup.Of(
        $"""
        <div class="scroll" tabindex="0" role="region" aria-label="{caption}"><table><caption>{caption}</caption><thead><tr>{columns.Select(Heading)}</tr></thead><tbody>
        {rows.Select(r => Row(columns, r))}</tbody></table></div>

        """);

    public static Markup Text(string? text) => Markup.Of($"{text}");

    private static Markup Heading(string column) =>
        IsNumber(column) ? Markup.Of($"<th scope=\"col\" class=\"number\">{column[1..]}</th>") : Markup.Of($"<th scope=\"col\">{column}</th>");

    private static Markup Row(IReadOnlyList<string> columns, IReadOnlyList<Markup> cells) =>
        Markup.Of($"<tr>{cells.Select((cell, i) => Cell(columns[i], cell, isFirst: i == 0))}</tr>\n");

    private static Markup Cell(string column, Markup cell, bool isFirst) => (isFirst, IsNumber(column)) switch
    {
        (true, true) => Markup.Of($"<th scope=\"row\" class=\"number\">{cell}</th>"),
        (true, false) => Markup.Of($"<th scope=\"row\">{cell}</th>"),
        (false, true) => Markup.Of($"<td class=\"number\">{cell}</td>"),
        (false, false) => Markup.Of($"<td>{cell}</td>"),
    };

    private static bool IsNumber(string column) => column.StartsWith('#');
}
