using Marathon.Controller.Http;
using Marathon.Controller.Reports;
using Marathon.Controller.Runs;
using Marathon.Controller.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Cli.Api;

/// <summary>Runs of a data folder that no controller owns: read from its files.</summary>
internal sealed class DataFolderRuns(string data) : IRunDirectory
{
    /// <summary>State of a run that a controller left without ending it.</summary>
    public const string Unfinished = "unfinished";

    private readonly FileRunStore runs = new(new DataFolder(data), NullLogger<FileRunStore>.Instance);
    private readonly FileReportStore reports = new(new DataFolder(data));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RunSummary>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await runs.ListAsync(cancellationToken)).Select(Summarize)];

    /// <inheritdoc/>
    public async Task<RunSummary?> FindAsync(string runId, CancellationToken cancellationToken) =>
        await runs.FindAsync(runId, cancellationToken) is { } run ? Summarize(run) : null;

    /// <inheritdoc/>
    public async Task<byte[]?> FindReportAsync(string runId, string format, CancellationToken cancellationToken) =>
        RunId.IsValid(runId) ? await reports.FindAsync(runId, Enum.Parse<ReportFormat>(format, ignoreCase: true), cancellationToken) : null;

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }

    private static RunSummary Summarize(RunRecord run)
    {
        RunSummary summary = RunSummary.Of(run, instance: null) with { Assertions = run.Assertions };
        return run.End is null ? summary with { State = Unfinished } : summary;
    }
}
