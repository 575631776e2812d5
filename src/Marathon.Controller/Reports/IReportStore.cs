using Marathon.Reports;

namespace Marathon.Controller.Reports;

/// <summary>Keeps finished reports.</summary>
public interface IReportStore
{
    /// <summary>Stores a report in all its formats; again is fine.</summary>
    Task PutAsync(Report report, CancellationToken cancellationToken);

    /// <summary>A report in one format; null while there is none.</summary>
    Task<byte[]?> FindAsync(string runId, ReportFormat format, CancellationToken cancellationToken);
}
