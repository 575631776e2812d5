using System.Text;
using System.Text.Json;
using Marathon.Reports;
using Marathon.Reports.Rendering;

namespace Marathon.Controller.Reports;

/// <summary>The files of a report, wherever they are kept.</summary>
public static class ReportFiles
{
    /// <summary>Name of the file in a format.</summary>
    public static string NameOf(ReportFormat format) => format switch
    {
        ReportFormat.Html => "report.html",
        ReportFormat.Junit => "junit.xml",
        _ => "report.json",
    };

    /// <summary>All of them, in the order in which they are to be written: report.json is the last, so once it is there the others are too.</summary>
    public static IEnumerable<(ReportFormat Format, byte[] Content)> Of(Report report)
    {
        yield return (ReportFormat.Html, Encoding.UTF8.GetBytes(HtmlReport.Render(report)));
        yield return (ReportFormat.Junit, Encoding.UTF8.GetBytes(JunitReport.Render(report)));
        yield return (ReportFormat.Json, JsonSerializer.SerializeToUtf8Bytes(report, ReportJson.Options));
    }
}
