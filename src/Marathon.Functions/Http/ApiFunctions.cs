using Marathon.Controller.Http;
using Marathon.Functions.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marathon.Functions.Http;

/// <summary>
/// The HTTP API as triggers. The platform checks the function key of operators' routes; workers' routes are open to it,
/// for the handlers check the token of the run. What a request does is said in <see cref="MarathonApi.Routes"/>.
/// </summary>
public sealed class ApiFunctions(FunctionsSettings settings, IEnumerable<ApiRoute> more)
{
    private readonly ApiTable table = new(more);

    /// <summary>Starts a run; lists runs.</summary>
    [Function("Runs")]
    public Task<IResult> RunsAsync([HttpTrigger(AuthorizationLevel.Function, "get", "post", Route = "api/runs")] HttpRequest request) =>
        AnswerAsync(request);

    /// <summary>Status of a run.</summary>
    [Function("Run")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/runs/{runId}")] HttpRequest request) =>
        AnswerAsync(request);

    /// <summary>Report and control of a run.</summary>
    [Function("RunAction")]
    public Task<IResult> RunActionAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "post", Route = "api/runs/{runId}/{action}")] HttpRequest request) => AnswerAsync(request);

    /// <summary>The continuous loop.</summary>
    [Function("Loop")]
    public Task<IResult> LoopAsync([HttpTrigger(AuthorizationLevel.Function, "get", "put", Route = "api/loop")] HttpRequest request) =>
        AnswerAsync(request);

    /// <summary>Control of the continuous loop.</summary>
    [Function("LoopAction")]
    public Task<IResult> LoopActionAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/loop/{action}")] HttpRequest request) =>
        AnswerAsync(request);

    /// <summary>Registrations and heartbeats of workers.</summary>
    [Function("Worker")]
    public Task<IResult> WorkerAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/runs/{runId}/workers/{*rest}")] HttpRequest request) => AnswerAsync(request);

    /// <summary>Events of workers.</summary>
    [Function("WorkerEvent")]
    public Task<IResult> WorkerEventAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/runs/{runId}/events/{name}")] HttpRequest request) => AnswerAsync(request);

    /// <summary>Evidence of workers.</summary>
    [Function("Evidence")]
    public Task<IResult> EvidenceAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/runs/{runId}/evidence/{workerId}/{epoch}")] HttpRequest request) => AnswerAsync(request);

    /// <summary>Lives that machines claim.</summary>
    [Function("Claims")]
    public Task<IResult> ClaimsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/runs/{runId}/claims")] HttpRequest request) => AnswerAsync(request);

    private Task<IResult> AnswerAsync(HttpRequest request)
    {
        // The request comes through the Functions host, on loopback: that address is of no use to a caller.
        request.Scheme = settings.Controller.Scheme;
        request.Host = new HostString(settings.Controller.Authority);
        return table.AnswerAsync(request.HttpContext);
    }
}
