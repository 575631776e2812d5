using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Marathon.Durable.Embedded.Http;

/// <summary>The state of one instance, or of many.</summary>
internal sealed class StatusEndpoints(DurableClient client)
{
    private const string ContinuationToken = "x-ms-continuation-token";

    public void Map(RouteGroupBuilder group)
    {
        group.MapGet("/instances/{id}", GetAsync);
        group.MapGet("/instances", ListAsync);
    }

    /// <summary>202 while it goes on, 200 when it has ended; 500 for a failure if the caller wants that.</summary>
    public static IResult Answer(HttpRequest request, OrchestrationMetadata instance, JsonArray? history = null)
    {
        ManagementQuery query = new(request);
        JsonObject body = StatusBody.Of(instance, query.Flag("showInput", otherwise: true));
        if (history is not null)
            body["historyEvents"] = history;
        if (!instance.IsCompleted)
        {
            request.HttpContext.Response.Headers.Location = ManagementUris.Status(request, instance.InstanceId);
            request.HttpContext.Response.Headers.RetryAfter = "5";
            return Results.Json(body, statusCode: StatusCodes.Status202Accepted);
        }

        bool isError = instance.RuntimeStatus is OrchestrationRuntimeStatus.Failed && query.Flag("returnInternalServerErrorOnFailure");
        return Results.Json(body, statusCode: isError ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK);
    }

    private async Task<IResult> GetAsync(HttpRequest request, string id, CancellationToken cancellation)
    {
        if (await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellation) is not { } instance)
            return ManagementErrors.NotFound(id);
        ManagementQuery query = new(request);
        return Answer(request, instance, query.Flag("showHistory")
            ? HistoryBody.Of(await client.GetOrchestrationHistoryAsync(id, cancellation), query.Flag("showHistoryOutput"))
            : null);
    }

    private async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellation)
    {
        ManagementQuery query = new(request);
        bool showInput = query.Flag("showInput", otherwise: true);
        OrchestrationQuery filter = new(
            query.Time("createdTimeFrom"), query.Time("createdTimeTo"), query.Statuses("runtimeStatus"),
            InstanceIdPrefix: query.Text("instanceIdPrefix"),
            PageSize: query.Number("top") ?? OrchestrationQuery.DefaultPageSize,
            FetchInputsAndOutputs: true);
        string? token = request.Headers[ContinuationToken] is [{ Length: > 0 } given, ..] ? given : null;
        await foreach (Page<OrchestrationMetadata> page in client.GetAllInstancesAsync(filter).AsPages(token).WithCancellation(cancellation))
        {
            if (page.ContinuationToken is { } next)
                request.HttpContext.Response.Headers[ContinuationToken] = next;
            return Results.Json(page.Values.Select(instance => StatusBody.Of(instance, showInput)));
        }

        return Results.Json(Array.Empty<object>());
    }
}
