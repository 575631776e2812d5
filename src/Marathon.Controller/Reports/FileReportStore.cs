using Marathon.Controller.Storage;
using Marathon.Reports;

namespace Marathon.Controller.Reports;

/// <summary>Reports in the run's folder: <c>report/{report.json, report.html, junit.xml}</c>.</summary>
public sealed class FileReportStore(DataFolder data) : IReportStore
{
    /// <inheritdoc/>
    public async Task PutAsync(Report report, CancellationToken cancellationToken)
    {
        foreach ((ReportFormat format, byte[] content) in ReportFiles.Of(report))
        {
            await AtomicFile.WriteAsync(PathOf(report.RunId, format), content, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task<byte[]?> FindAsync(string runId, ReportFormat format, CancellationToken cancellationToken) =>
        AtomicFile.ReadAsync(PathOf(runId, format), cancellationToken);

    private string PathOf(string runId, ReportFormat format) => Path.Combine(data.Report(runId), ReportFiles.NameOf(format));
}
