using Marathon.Azure.Storage;
using Marathon.Controller.Reports;
using Marathon.Reports;

namespace Marathon.Azure.Stores;

/// <summary>Reports in blobs: <c>reports/&lt;run&gt;/{report.json, report.html, junit.xml}</c>.</summary>
public sealed class BlobReportStore(BlobContainer container) : IReportStore
{
    /// <inheritdoc/>
    public async Task PutAsync(Report report, CancellationToken cancellationToken)
    {
        foreach ((ReportFormat format, byte[] content) in ReportFiles.Of(report))
            await container.WriteAsync(NameOf(report.RunId, format), content, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<byte[]?> FindAsync(string runId, ReportFormat format, CancellationToken cancellationToken) =>
        (await container.ReadAsync(NameOf(runId, format), cancellationToken))?.Content.ToArray();

    private static string NameOf(string runId, ReportFormat format) => $"reports/{runId}/{ReportFiles.NameOf(format)}";
}
