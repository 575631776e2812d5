using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Marathon.Durable.Embedded.Http;

/// <summary>Starts and restarts.</summary>
internal sealed class StartEndpoints(DurableClient client, DurableTaskRegistry? registry)
{
    public void Map(RouteGroupBuilder group)
    {
        group.MapPost("/orchestrators/{name}/{id?}", StartAsync);
        group.MapPost("/instances/{id}/restart", RestartAsync);
    }

    private async Task<IResult> StartAsync(HttpRequest request, string name, string? id)
    {
        if (registry is not null && !registry.TryGetOrchestrator(name, out _))
            return ManagementErrors.BadRequest($"No orchestrator is named '{name}'.");
        ManagementQuery query = new(request);
        TimeSpan? timeout = query.Seconds("timeout");
        query.Seconds("pollingInterval");
        object? input = await JsonBody.ReadAsync(request, required: false);
        string instanceId = await client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id), default);
        return timeout is { } wait
            ? await WaitAsync(request, instanceId, wait)
            : ManagementUris.Accepted(request, instanceId);
    }

    /// <summary>The output if the instance ends in time, else the links. It is told, not polled: pollingInterval has no use.</summary>
    private async Task<IResult> WaitAsync(HttpRequest request, string instanceId, TimeSpan timeout)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
        limit.CancelAfter(timeout);
        try
        {
            OrchestrationMetadata ended = await client.WaitForInstanceCompletionAsync(instanceId, true, limit.Token);
            return ended.RuntimeStatus is OrchestrationRuntimeStatus.Completed
                ? Results.Json<JsonNode?>(StatusBody.Json(ended.SerializedOutput))
                : StatusEndpoints.Answer(request, ended);
        }
        catch (OperationCanceledException) when (!request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return ManagementUris.Accepted(request, instanceId);
        }
    }

    private async Task<IResult> RestartAsync(HttpRequest request, string id)
    {
        bool withNewId = new ManagementQuery(request).Flag("restartWithNewInstanceId", otherwise: true);
        return ManagementUris.Accepted(request, await client.RestartAsync(id, withNewId));
    }
}
