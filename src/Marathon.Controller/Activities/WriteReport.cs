using Marathon.Controller.Reports;
using Marathon.Controller.Runs;
using Marathon.Controller.Workers;
using Marathon.Durable;
using Marathon.Reports;
using Microsoft.Extensions.Logging;

namespace Marathon.Controller.Activities;

/// <summary>Writes the run's report, once: a second call answers how the first one ended.</summary>
public sealed class WriteReport(IRunStore runs, ReportComposer composer, IReportStore reports, IHeartbeats heartbeats, ILogger<WriteReport> logger)
    : Activity<WriteReportRequest, RunEnd>
{
    /// <inheritdoc/>
    public override Task<RunEnd> RunAsync(ActivityContext context, WriteReportRequest input) => WriteAsync(input);

    /// <summary>The same for a run whose orchestration can no longer ask for it.</summary>
    public async Task<RunEnd> WriteAsync(WriteReportRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        if (run.End is { } written)
        {
            return written;
        }

        await heartbeats.FlushAsync(input.RunId, CancellationToken.None);
        Report report = await composer.ComposeAsync(run, input.Outcome, input.Reason, CancellationToken.None);
        await reports.PutAsync(report, CancellationToken.None);
        RunEnd end = new(report.EndedAt, report.Verdict, report.Outcome, report.Reason);
        await runs.UpdateAsync(input.RunId, r => r with { End = end }, CancellationToken.None);
        ControllerTelemetry.RunEnded(end.Verdict);
        logger.RunEnded(input.RunId, end.Verdict, end.Outcome, end.Reason);
        return end;
    }
}
