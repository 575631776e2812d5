using System.Text;
using System.Text.Json;
using Marathon.Controller.Storage;
using Marathon.Reports;
using Marathon.Reports.Rendering;

namespace Marathon.Controller.Reports;

/// <summary>Reports in the run's folder: <c>report/{report.json, report.html, junit.xml}</c>.</summary>
public sealed class FileReportStore(DataFolder data) : IReportStore
{
    /// <inheritdoc/>
    public async Task PutAsync(Report report, CancellationToken cancellationToken)
    {
        // report.json comes last: once it is there the others are too.
        await WriteAsync(report.RunId, ReportFormat.Html, Encoding.UTF8.GetBytes(HtmlReport.Render(report)), cancellationToken);
        await WriteAsync(report.RunId, ReportFormat.Junit, Encoding.UTF8.GetBytes(JunitReport.Render(report)), cancellationToken);
        await WriteAsync(report.RunId, ReportFormat.Json, JsonSerializer.SerializeToUtf8Bytes(report, ReportJson.Options), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<byte[]?> FindAsync(string runId, ReportFormat format, CancellationToken cancellationToken) =>
        AtomicFile.ReadAsync(PathOf(runId, format), cancellationToken);

    private Task WriteAsync(string runId, ReportFormat format, byte[] content, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(PathOf(runId, format), content, cancellationToken);

    private string PathOf(string runId, ReportFormat format) => Path.Combine(data.Report(runId), format switch
    {
        ReportFormat.Html => "report.html",
        ReportFormat.Junit => "junit.xml",
        _ => "report.json",
    });
}
