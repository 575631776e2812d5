using Marathon.Configuration;
using Marathon.Controller.Reports;
using Marathon.Controller.Runs;
using Marathon.Controller.Storage;
using Marathon.Controller.Workers;
using Marathon.Durable;
using Marathon.Runs;
using Marathon.Workers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Marathon.Controller.Http;

/// <summary>Starting runs and asking about them.</summary>
internal static class RunRoutes
{
    public static async Task<IResult> StartAsync(HttpContext context)
    {
        RunSpec spec = await Body.JsonAsync<RunSpec>(context);
        RunRecord run = await context.RequestServices.GetRequiredService<RunAdmission>().StartAsync(spec, context.RequestAborted);
        string uri = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}/api/runs/{run.RunId}";
        context.Response.Headers.Location = uri;
        return Results.Json(
            new
            {
                id = run.RunId,
                statusQueryGetUri = uri,
                reportGetUri = $"{uri}/report",
                interruptPostUri = $"{uri}/interrupt",
                pausePostUri = $"{uri}/pause",
                resumePostUri = $"{uri}/resume",
                throughputPostUri = $"{uri}/throughput",
            },
            ControllerJson.Options,
            statusCode: StatusCodes.Status202Accepted);
    }

    public static async Task<IResult> ListAsync(HttpContext context)
    {
        DurableClient client = context.RequestServices.GetRequiredService<DurableClient>();
        List<RunSummary> summaries = [];
        foreach (RunRecord run in await context.RequestServices.GetRequiredService<IRunStore>().ListAsync(context.RequestAborted))
        {
            summaries.Add(RunSummary.Of(run, run.End is null ? await client.GetInstanceAsync(run.RunId, true, context.RequestAborted) : null));
        }

        return Results.Json(summaries, ControllerJson.Options);
    }

    public static async Task<IResult> GetAsync(HttpContext context)
    {
        RunRecord run = await RunOf(context);
        DurableClient client = context.RequestServices.GetRequiredService<DurableClient>();
        IReadOnlyList<HeartbeatRow> rows = await context.RequestServices.GetRequiredService<IHeartbeats>().ListAsync(run.RunId, context.RequestAborted);
        RunSummary summary = RunSummary.Of(run, run.End is null ? await client.GetInstanceAsync(run.RunId, true, context.RequestAborted) : null) with
        {
            Counters = Sum(rows.Select(r => r.Heartbeat.Counters)),
            Workers = [.. run.Workers.Select(life => Worker(life, rows.FirstOrDefault(r => r.Worker == life.Worker && r.Heartbeat.Epoch == life.Epoch)?.Heartbeat))],
            Faults = run.Faults,
            Assertions = run.Assertions,
        };
        return Results.Json(summary, ControllerJson.Options);
    }

    public static async Task<IResult> ReportAsync(HttpContext context)
    {
        RunRecord run = await RunOf(context);
        string asked = context.Request.Query["format"].ToString();
        (ReportFormat format, string type) = asked switch
        {
            "" or "json" => (ReportFormat.Json, "application/json"),
            "html" => (ReportFormat.Html, "text/html; charset=utf-8"),
            "junit" => (ReportFormat.Junit, "application/xml"),
            _ => throw ProblemException.Invalid("format", $"'{asked}' is not known", "give json, html or junit"),
        };
        byte[]? report = await context.RequestServices.GetRequiredService<IReportStore>().FindAsync(run.RunId, format, context.RequestAborted);
        return report is not null
            ? Results.Bytes(report, type)
            : throw new ProblemException(StatusCodes.Status404NotFound, "No report yet", $"run '{run.RunId}' has no report until it has ended; GET /api/runs/{run.RunId} tells its state");
    }

    /// <summary>The run that the route names.</summary>
    public static async Task<RunRecord> RunOf(HttpContext context) => await context.RequestServices.GetRequiredService<IRunStore>()
        .GetAsync(context.GetRouteValue("runId") as string ?? "", context.RequestAborted);

    private static LoadCounters Sum(IEnumerable<LoadCounters> counters) => counters.Aggregate(new LoadCounters(), (a, b) => new LoadCounters
    {
        Sent = a.Sent + b.Sent,
        Acked = a.Acked + b.Acked,
        Failed = a.Failed + b.Failed,
        Indeterminate = a.Indeterminate + b.Indeterminate,
        Received = a.Received + b.Received,
        BytesAcked = a.BytesAcked + b.BytesAcked,
        BytesReceived = a.BytesReceived + b.BytesReceived,
        Scheduled = a.Scheduled + b.Scheduled,
        Anomalies = a.Anomalies.Concat(b.Anomalies).GroupBy(k => k.Key).ToDictionary(g => g.Key, g => g.Sum(k => k.Value)),
    });

    private static WorkerSummary Worker(LifeRecord life, Heartbeat? heartbeat) => new(
        life.Worker,
        life.Epoch,
        life.Pid,
        life.Node,
        heartbeat is { } beat ? EnumText.Name(beat.Phase) : null,
        life.End is { } end ? EnumText.Name(end) : null,
        heartbeat?.Latency?.PublishP99,
        heartbeat?.Latency?.EndToEndP99,
        heartbeat?.Positions.Sum(p => Math.Max(0, p.HighWatermark - p.NextOffset)) ?? 0);
}
