using System.Text;
using System.Text.Json;
using Marathon.Azure.Storage;
using Marathon.Controller.Reports;
using Marathon.Reports;
using Marathon.Reports.Rendering;

namespace Marathon.Azure.Stores;

/// <summary>Reports in blobs: <c>reports/&lt;run&gt;/{report.json, report.html, junit.xml}</c>.</summary>
public sealed class BlobReportStore(BlobContainer container) : IReportStore
{
    /// <inheritdoc/>
    public async Task PutAsync(Report report, CancellationToken cancellationToken)
    {
        // report.json comes last: once it is there the others are too.
        await container.WriteAsync(NameOf(report.RunId, ReportFormat.Html), Encoding.UTF8.GetBytes(HtmlReport.Render(report)), cancellationToken);
        await container.WriteAsync(NameOf(report.RunId, ReportFormat.Junit), Encoding.UTF8.GetBytes(JunitReport.Render(report)), cancellationToken);
        await container.WriteAsync(NameOf(report.RunId, ReportFormat.Json), JsonSerializer.SerializeToUtf8Bytes(report, ReportJson.Options), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<byte[]?> FindAsync(string runId, ReportFormat format, CancellationToken cancellationToken) =>
        (await container.ReadAsync(NameOf(runId, format), cancellationToken))?.Content.ToArray();

    private static string NameOf(string runId, ReportFormat format) => $"reports/{runId}/" + format switch
    {
        ReportFormat.Html => "report.html",
        ReportFormat.Junit => "junit.xml",
        _ => "report.json",
    };
}
