using System.Globalization;
using System.Text;

namespace Marathon.EndToEnd.Tests.Matrix;

/// <summary>The matrix as a table in Markdown.</summary>
internal static class MatrixTable
{
    private static readonly string[] s_head = ["kind", "by", "committed", "detected", "reported outside its closure", "verdict", "s", ""];

    public static string Render(IEnumerable<MatrixRow> rows)
    {
        string[][] cells = [.. rows.Select(Cells)];
        int[] widths = [.. s_head.Select((title, column) => cells.Select(row => row[column].Length).Append(title.Length).Max())];
        StringBuilder text = new();
        Append(text, s_head, widths);
        Append(text, [.. widths.Select(width => new string('-', width))], widths);
        foreach (string[] row in cells)
        {
            Append(text, row, widths);
        }

        return text.ToString();
    }

    private static string[] Cells(MatrixRow row) =>
    [
        row.Kind, row.By, row.Committed.ToString(CultureInfo.InvariantCulture), row.Detected.ToString(CultureInfo.InvariantCulture),
        row.Outside == "" ? "nothing" : row.Outside, row.Verdict, row.Seconds.ToString("0", CultureInfo.InvariantCulture), row.Problem ?? "ok",
    ];

    private static void Append(StringBuilder text, string[] cells, int[] widths) =>
        text.Append("| ").AppendJoin(" | ", cells.Select((cell, column) => cell.PadRight(widths[column]))).Append(" |\n");
}
