using System.Text.Json;
using Marathon.Cli.Api;
using Marathon.Configuration;
using Marathon.Reports;

namespace Marathon.Cli.Running;

/// <summary>The folder of <c>--report</c>.</summary>
/// <param name="Path">Absolute.</param>
internal sealed record ReportFolder(string Path)
{
    private static readonly (string Format, string File)[] s_files = [("html", "report.html"), ("junit", "junit.xml"), ("json", "report.json")];

    /// <summary>Makes sure, before anything runs, that reports can be written there.</summary>
    /// <exception cref="SpecException">They cannot.</exception>
    public static ReportFolder Open(string path)
    {
        try
        {
            string full = System.IO.Path.GetFullPath(path);
            Directory.CreateDirectory(full);
            string probe = System.IO.Path.Combine(full, $".probe-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new ReportFolder(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SpecException("--report", $"'{path}' cannot be written to: {e.Message}", "make it writable, or name another folder");
        }
    }

    /// <summary>Where the report of one of several runs goes.</summary>
    public ReportFolder Below(string runId) => new(System.IO.Path.Combine(Path, runId));

    /// <summary>Writes the report in all formats, and what reproduces a violation.</summary>
    /// <param name="runs">Where reports are found.</param>
    /// <param name="runId">The run.</param>
    /// <param name="spec">Its spec file, seed included; null unless there is something to reproduce.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task WriteAsync(IRunDirectory runs, string runId, string? spec, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path);
        byte[] json = [];
        foreach ((string format, string file) in s_files)
        {
            byte[] report = await runs.FindReportAsync(runId, format, cancellationToken)
                ?? throw new InvalidDataException($"run {runId} has ended without a report");
            await File.WriteAllBytesAsync(System.IO.Path.Combine(Path, file), report, cancellationToken);
            json = report;
        }

        if (spec is not null)
        {
            await ReproductionPack.WriteAsync(System.IO.Path.Combine(Path, "repro"), spec, JsonSerializer.Deserialize<Report>(json, ReportJson.Options)!, cancellationToken);
        }
    }
}
