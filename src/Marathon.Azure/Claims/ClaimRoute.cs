using System.Text.Json;
using System.Text.RegularExpressions;
using Marathon.Controller.Fleets;
using Marathon.Controller.Http;
using Marathon.Controller.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Marathon.Azure.Claims;

/// <summary>
/// The route by which a machine that has booted claims a life of a worker. A host whose fleets are machines serves it beside
/// <see cref="MarathonApi.Routes"/>; it needs <see cref="LifeClaims"/> among its services.
/// </summary>
public static partial class ClaimRoute
{
    private const long MaxBodyBytes = 4096;

    /// <summary>The route.</summary>
    public static ApiRoute Route { get; } = new("POST", "api/runs/{runId}/claims", ApiAccess.Worker, MaxBodyBytes, ClaimAsync);

    private static async Task<IResult> ClaimAsync(HttpContext context)
    {
        string machine = await MachineAsync(context);
        string runId = context.GetRouteValue("runId") as string ?? "";
        RunRecord run = await context.RequestServices.GetRequiredService<IRunStore>().GetAsync(runId, context.RequestAborted);
        if (run.End is not null) throw ProblemException.Gone($"run '{runId}' has ended");
        WorkerLife? life = await context.RequestServices.GetRequiredService<LifeClaims>().ClaimAsync(runId, machine, context.RequestAborted);
        return life is null ? Results.NoContent() : Results.Json(new { worker = life.Worker, epoch = life.Epoch });
    }

    private static async Task<string> MachineAsync(HttpContext context)
    {
        try
        {
            ClaimBody? body = await JsonSerializer.DeserializeAsync<ClaimBody>(context.Request.Body, JsonSerializerOptions.Web, context.RequestAborted);
            return body?.Machine is { } machine && Name().IsMatch(machine)
                ? machine
                : throw ProblemException.Invalid("machine", "is missing or no name of a machine", "give the name that the metadata service tells");
        }
        catch (JsonException)
        {
            throw ProblemException.Invalid("body", "is no JSON object", "send {\"machine\": \"<name>\"}");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex Name();
}
