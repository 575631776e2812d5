using System.Text;
using Marathon.Reports;
using Marathon.Reports.Rendering;

namespace Marathon.Cli.Running;

/// <summary>What the terminal shows at the end: the report as text, examples of what was found, and where the whole of it is.</summary>
internal static class ReportSummary
{
    private const int ExamplesPerKind = 2;

    /// <summary>Renders it.</summary>
    public static string Render(Report report, string folder)
    {
        StringBuilder text = new(TextReport.Render(report));
        foreach (AnomalyReport anomaly in report.Anomalies.Where(a => a.Policy == "violation"))
        {
            foreach (System.Text.Json.JsonElement example in anomaly.Examples.Take(ExamplesPerKind))
            {
                text.Append("example      ").Append($"{anomaly.Kind}: {System.Text.Json.JsonSerializer.Serialize(example)}").Append('\n');
            }
        }

        return text.Append("report       ").Append(Path.Combine(folder, "report.html")).Append('\n').ToString();
    }
}
