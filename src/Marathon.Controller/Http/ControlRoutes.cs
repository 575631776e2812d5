using System.Text.Json;
using Marathon.Controller.Orchestrations;
using Marathon.Controller.Runs;
using Marathon.Controller.Storage;
using Marathon.Durable;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Marathon.Controller.Http;

/// <summary>What operators do to a run that goes on.</summary>
internal static class ControlRoutes
{
    private const double HighestRate = 100_000_000;
    private const int ReasonLength = 1000;

    public static Task<IResult> InterruptAsync(HttpContext context) => TellAsync(
        context,
        async run => new RunSignal(RunSignalKind.Interrupt, await ReasonAsync(context) ?? "an operator asked for it"),
        run => run.State is "finished" || run is { State: "cleaning", AnotherAttempt: false } ? $"the run is {run.State} already: there is nothing to interrupt" : null);

    public static Task<IResult> PauseAsync(HttpContext context) => TellAsync(
        context,
        async run => new RunSignal(RunSignalKind.Pause, await ReasonAsync(context)),
        run => run.State is "warming" or "loading" ? null : $"the run is {run.State}: only a run that is warming or loading can be paused");

    public static Task<IResult> ResumeAsync(HttpContext context) => TellAsync(
        context,
        async run => new RunSignal(RunSignalKind.Resume, await ReasonAsync(context)),
        run => run.State is "paused" ? null : $"the run is {run.State}: only a paused run can be resumed");

    public static Task<IResult> ThroughputAsync(HttpContext context) => TellAsync(
        context,
        async run => new RunSignal(RunSignalKind.Throughput, RatePerSecond: Rate(await Body.JsonAsync<ThroughputBody>(context))),
        run => run.State is "warming" or "loading" or "paused" ? null : $"the run is {run.State}: the rate can be changed while it is warming, loading or paused");

    private static async Task<IResult> TellAsync(HttpContext context, Func<RunRecord, Task<RunSignal>> signalOf, Func<RunSummary, string?> objection)
    {
        RunRecord run = await RunRoutes.RunOf(context);
        RunSignal signal = await signalOf(run);
        DurableClient client = context.RequestServices.GetRequiredService<DurableClient>();
        RunSummary summary = RunSummary.Of(run, await client.GetInstanceAsync(run.RunId, true, context.RequestAborted));
        if (objection(summary) is { } reason)
        {
            throw ProblemException.Conflict(reason);
        }

        await client.RaiseEventAsync(run.RunId, RunSignal.EventName, signal, context.RequestAborted);
        return Results.Json(new { id = run.RunId, state = summary.State }, ControllerJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<string?> ReasonAsync(HttpContext context)
    {
        byte[] bytes = await Body.ReadAsync(context);
        if (bytes.Length == 0)
        {
            return context.Request.Query["reason"] is [{ Length: > 0 and <= ReasonLength } reason] ? reason : null;
        }

        try
        {
            InterruptBody? body = JsonSerializer.Deserialize<InterruptBody>(bytes, ControllerJson.Options);
            return body?.Reason is { Length: > ReasonLength }
                ? throw ProblemException.Invalid("reason", "is too long", $"give at most {ReasonLength} characters")
                : body?.Reason;
        }
        catch (JsonException error)
        {
            throw ProblemException.Invalid("body", error.Message, "leave it out, or give {\"reason\": \"…\"}");
        }
    }

    private static double? Rate(ThroughputBody body) => body.RatePerSecond switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out double rate) && rate is >= 0 and <= HighestRate => rate,
        { ValueKind: JsonValueKind.String } text when text.ValueEquals("max") => null,
        _ => throw ProblemException.Invalid("ratePerSecond", $"{body.RatePerSecond.GetRawText()} is no rate", $"give a number from 0 to {HighestRate:0}, or \"max\""),
    };
}
