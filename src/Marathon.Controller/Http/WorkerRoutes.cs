using System.Globalization;
using Marathon.Controller.Evidence;
using Marathon.Controller.Runs;
using Marathon.Controller.Storage;
using Marathon.Controller.Workers;
using Marathon.Verification;
using Marathon.Workers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marathon.Controller.Http;

/// <summary>What workers tell the controller. Every answer but 410 renews their lease.</summary>
internal static class WorkerRoutes
{
    public static async Task<IResult> RegisterAsync(HttpContext context)
    {
        Registration registration = await Body.JsonAsync<Registration>(context);
        WorkerInput.Check(registration);
        (RunRecord run, LifeRecord life) = await LifeAsync(context, registration.Epoch);
        IWorkerRegistry registry = context.RequestServices.GetRequiredService<IWorkerRegistry>();
        if (!await registry.PutAsync(run.RunId, life.Worker, registration, context.RequestAborted))
        {
            throw ProblemException.Gone(Replaced(life));
        }

        string node = $"{registration.Node.Address}:{registration.Node.Port}";
        await context.RequestServices.GetRequiredService<IRunStore>().UpdateAsync(
            run.RunId,
            r => r.LifeOf(life.Worker, life.Epoch) is { } known && (known.Pid, known.Node) != (registration.Pid, node)
                ? r.With(known with { Pid = registration.Pid, Node = node })
                : r,
            context.RequestAborted);
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Marathon.Controller.Http")
            .WorkerRegistered(run.RunId, life.Worker, life.Epoch, registration.Pid, node);
        if (life is { Replaces: not null, Joined: false })
        {
            // The rest of the fleet is at work already: whoever watches it need not wait for the next look.
            await context.RequestServices.GetRequiredService<WorkerSignals>().RaiseAsync(run, life, WorkerEventKind.WorkerRegistered, context.RequestAborted);
        }

        return Lease(context);
    }

    public static async Task<IResult> HeartbeatAsync(HttpContext context)
    {
        Heartbeat heartbeat = await Body.JsonAsync<Heartbeat>(context);
        WorkerInput.Check(heartbeat);
        (RunRecord run, LifeRecord life) = await LifeAsync(context, heartbeat.Epoch);
        await context.RequestServices.GetRequiredService<IHeartbeats>().PutAsync(run.RunId, life.Worker, heartbeat, context.RequestAborted);
        return Lease(context);
    }

    public static async Task<IResult> EventAsync(HttpContext context)
    {
        WorkerEvent told = await Body.JsonAsync<WorkerEvent>(context);
        string name = context.GetRouteValue("name") as string ?? "";
        if (!Enum.TryParse(name, ignoreCase: false, out WorkerEventKind kind) || !Enum.IsDefined(kind) || kind == WorkerEventKind.WorkerExited || int.TryParse(name, CultureInfo.InvariantCulture, out _))
        {
            throw new ProblemException(StatusCodes.Status404NotFound, "No such event", $"'{name}' is no event; known are: {string.Join(", ", Enum.GetValues<WorkerEventKind>().Where(k => k != WorkerEventKind.WorkerExited))}");
        }

        WorkerInput.Check(told);
        (RunRecord run, LifeRecord life) = await LifeAsync(context, told.Epoch, told.Worker);
        if (!context.RequestServices.GetRequiredService<EventBudget>().TryTake(run.RunId, life.Worker, life.Epoch, told.EventId))
        {
            throw new ProblemException(StatusCodes.Status429TooManyRequests, "Too many events", $"a worker's life has at most {EventBudget.PerLife} events; put counters into heartbeats");
        }

        await context.RequestServices.GetRequiredService<WorkerSignals>().RaiseAsync(
            run, life, new WorkerSignal(told.EventId, life.Worker, life.Epoch, kind, told.Detail), context.RequestAborted);
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    public static async Task<IResult> EvidenceAsync(HttpContext context)
    {
        byte[] body = await Body.ReadAsync(context);
        WorkerEvidence evidence = Read(body);
        string worker = context.GetRouteValue("workerId") as string ?? "";
        string runId = context.GetRouteValue("runId") as string ?? "";
        if (!int.TryParse(context.GetRouteValue("epoch") as string, NumberStyles.None, CultureInfo.InvariantCulture, out int epoch)
            || evidence.Run != runId || evidence.Worker != worker || evidence.Epoch != epoch)
        {
            throw ProblemException.Invalid("run, worker, epoch", "the body's are not those of the route", "send each checkpoint to its own route");
        }

        (RunRecord run, LifeRecord life) = await LifeAsync(context, epoch, worker, replacedIsFine: true);
        long stored = await context.RequestServices.GetRequiredService<IEvidenceStore>()
            .PutAsync(run.RunId, new StoredEvidence(worker, epoch, evidence.Number, body), context.RequestAborted);

        // Merged all the same; the answer stops a worker that has been given up.
        bool replaced = (life.EndedAt is not null && life.End is not WorkerEnd.Done) || run.LifeOf(worker)!.Epoch > epoch;
        ControllerTelemetry.CheckpointStored(replaced);
        return replaced
            ? throw ProblemException.Gone(Replaced(life))
            : Results.Json(new { number = stored }, ControllerJson.Options);
    }

    private static WorkerEvidence Read(byte[] body)
    {
        try
        {
            return EvidenceJson.Read(body);
        }
        catch (EvidenceFormatException error)
        {
            throw ProblemException.Invalid(error.Field, error.Problem, "send evidence of format 1");
        }
    }

    // The life that speaks: 404 for a worker that nobody started, 409 for a life that has not begun, 410 for one given up.
    private static async Task<(RunRecord Run, LifeRecord Life)> LifeAsync(HttpContext context, int epoch, string? worker = null, bool replacedIsFine = false)
    {
        RunRecord run = await RunRoutes.RunOf(context);
        worker ??= context.GetRouteValue("workerId") as string ?? "";
        if (run.LifeOf(worker) is not { } newest)
        {
            throw new ProblemException(StatusCodes.Status404NotFound, "No such worker", $"run '{run.RunId}' has no worker '{worker}'; only workers that the run started may join");
        }

        if (epoch > newest.Epoch || run.LifeOf(worker, epoch) is not { } life)
        {
            throw ProblemException.Conflict($"worker '{worker}' has no life {epoch}; its newest is {newest.Epoch}");
        }

        if (!replacedIsFine && (run.End is not null || newest.Epoch > epoch || life.EndedAt is not null))
        {
            throw ProblemException.Gone(run.End is not null ? $"run '{run.RunId}' has ended" : Replaced(life));
        }

        return (run, life);
    }

    private static string Replaced(LifeRecord life) =>
        $"life {life.Epoch} of worker '{life.Worker}' has ended for the controller ({life.Detail ?? "replaced"}): stop; its evidence counts";

    private static IResult Lease(HttpContext context) => Results.Json(
        new HeartbeatAnswer(
            context.RequestServices.GetRequiredService<ControllerOptions>().Lease.TotalSeconds,
            context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()),
        ControllerJson.Options);
}
