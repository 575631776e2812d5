namespace Marathon.Cli.Terminal;

/// <summary>Text in columns, the last of which may be long.</summary>
internal static class Columns
{
    /// <summary>Writes the rows, each column as wide as its widest cell.</summary>
    public static async Task WriteAsync(TextWriter writer, IReadOnlyList<string[]> rows, string indent = "")
    {
        int columns = rows.Count == 0 ? 0 : rows.Max(r => r.Length);
        int[] widths = [.. Enumerable.Range(0, columns).Select(c => rows.Max(r => c < r.Length ? r[c].Length : 0))];
        foreach (string[] row in rows)
        {
            await writer.WriteLineAsync((indent + string.Join("  ", row.Select((cell, c) => cell.PadRight(widths[c])))).TrimEnd());
        }
    }
}
