using Marathon.Controller.Http;

namespace Marathon.Cli.Api;

/// <summary>Runs and their reports, asked of a living controller or read from a data folder that nobody owns.</summary>
internal interface IRunDirectory : IDisposable
{
    /// <summary>All runs, oldest first.</summary>
    Task<IReadOnlyList<RunSummary>> ListAsync(CancellationToken cancellationToken);

    /// <summary>One run; null when there is no such run.</summary>
    Task<RunSummary?> FindAsync(string runId, CancellationToken cancellationToken);

    /// <summary>A report as json, html or junit; null while there is none.</summary>
    Task<byte[]?> FindReportAsync(string runId, string format, CancellationToken cancellationToken);
}
