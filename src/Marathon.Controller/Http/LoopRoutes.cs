using Marathon.Configuration;
using Marathon.Controller.Loop;
using Marathon.Controller.Runs;
using Marathon.Controller.Storage;
using Marathon.Durable;
using Marathon.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Marathon.Controller.Http;

/// <summary>The continuous loop.</summary>
internal static class LoopRoutes
{
    /// <summary>Size of a list of specs: it passes through the loop's history.</summary>
    public const long MaxListBytes = 256 << 10;

    private const int MaxEntries = 100;
    private static readonly TimeSpan s_settlesWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(20);

    public static async Task<IResult> GetAsync(HttpContext context) => Results.Json(await SummaryAsync(context), ControllerJson.Options);

    public static async Task<IResult> PutAsync(HttpContext context)
    {
        List<RunSpec> specs = await Body.JsonAsync<List<RunSpec>>(context);
        if (specs.Count is 0 or > MaxEntries || specs.Contains(null!))
        {
            throw ProblemException.Invalid("body", $"holds {specs.Count} specs, or one that is null", $"give a list of 1 to {MaxEntries} specs");
        }

        await CheckAsync(context, specs);
        await Service<ILoopStore>(context).UpdateAsync(
            record => record with { Plan = new LoopPlan(record.Plan.Revision + 1, specs) }, context.RequestAborted);
        if (await InstanceAsync(context) is { IsCompleted: false } instance)
        {
            await SignalAsync(context, instance, LoopSignalKind.Replanned);
        }

        return Results.Json(await SummaryAsync(context), ControllerJson.Options);
    }

    public static async Task<IResult> TellAsync(HttpContext context)
    {
        string action = context.GetRouteValue("action") as string ?? "";
        LoopSummary loop = await SummaryAsync(context);
        if (action is not ("start" or "pause" or "resume" or "skip" or "stop"))
        {
            throw new ProblemException(
                StatusCodes.Status404NotFound, "No such action", $"the loop cannot '{action}'; it knows start, pause, resume, skip and stop");
        }

        if (Objection(action, loop) is { } objection)
        {
            throw ProblemException.Conflict(objection);
        }

        await (action == "start" ? StartAsync(context) : SignalAsync(context, (await InstanceAsync(context))!, Enum.Parse<LoopSignalKind>(action, ignoreCase: true)));
        return Results.Json(await SummaryAsync(context), ControllerJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private static string? Objection(string action, LoopSummary loop) => (action, loop.State) switch
    {
        ("start", "stopped") => loop.Specs.Count > 0 ? null : "there is no list to run: give one with marathon loop set, or PUT /api/loop",
        ("start", _) => $"the loop is {loop.State} already",
        (_, "stopped") => "the loop is stopped: marathon loop start, or POST /api/loop/start, begins it",
        ("pause", not "running") => $"the loop is {loop.State}: only a running loop can be paused",
        ("resume", not "paused") => $"the loop is {loop.State}: only a paused loop can be resumed",
        ("stop", "stopping") => "the loop is stopping already",
        ("skip", "stopping") => "the loop is stopping: its run is being interrupted already",
        ("skip", _) => loop.RunId is null ? "no run is under way: there is nothing to skip" : null,
        _ => null,
    };

    private static async Task CheckAsync(HttpContext context, List<RunSpec> specs)
    {
        List<SpecError> errors = [];
        for (int i = 0; i < specs.Count; i++)
        {
            try
            {
                await Service<RunAdmission>(context).CheckAsync(specs[i], context.RequestAborted);
            }
            catch (SpecException error)
            {
                errors.AddRange(error.Errors.Select(e => e with { Field = $"[{i}].{e.Field}" }));
            }
        }

        if (errors.Count > 0)
        {
            throw new SpecException(errors);
        }
    }

    private static async Task StartAsync(HttpContext context)
    {
        try
        {
            await Service<DurableClient>(context).ScheduleNewOrchestrationInstanceAsync(
                nameof(LoopOrchestrator), LoopPosition.Start, new StartOrchestrationOptions { InstanceId = LoopOrchestrator.InstanceId }, context.RequestAborted);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            throw ProblemException.Conflict("the loop is running already");
        }
    }

    /// <summary>Tells the loop, and waits until it has heard, so that the next request finds it so.</summary>
    private static async Task SignalAsync(HttpContext context, OrchestrationMetadata instance, LoopSignalKind kind)
    {
        int heard = LoopSummary.StatusOf(instance)?.Signals ?? 0;
        await Service<DurableClient>(context).RaiseEventAsync(
            LoopOrchestrator.InstanceId, LoopSignal.EventName, new LoopSignal(kind), context.RequestAborted);
        TimeProvider time = Service<TimeProvider>(context);
        long since = time.GetTimestamp();
        while (time.GetElapsedTime(since) < s_settlesWithin
            && await InstanceAsync(context) is { IsCompleted: false } now && (LoopSummary.StatusOf(now)?.Signals ?? 0) <= heard)
        {
            await Task.Delay(s_pollInterval, time, context.RequestAborted);
        }
    }

    private static async Task<LoopSummary> SummaryAsync(HttpContext context) =>
        LoopSummary.Of(await Service<ILoopStore>(context).GetAsync(context.RequestAborted), await InstanceAsync(context));

    private static Task<OrchestrationMetadata?> InstanceAsync(HttpContext context) =>
        Service<DurableClient>(context).GetInstanceAsync(LoopOrchestrator.InstanceId, true, context.RequestAborted);

    private static T Service<T>(HttpContext context)
        where T : notnull => context.RequestServices.GetRequiredService<T>();
}
