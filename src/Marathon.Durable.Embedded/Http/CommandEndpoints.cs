using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Marathon.Durable.Embedded.Http;

/// <summary>What a client may tell a running instance, and how a failed one goes on.</summary>
internal sealed class CommandEndpoints(DurableClient client)
{
    public void Map(RouteGroupBuilder group)
    {
        group.MapPost("/instances/{id}/raiseEvent/{name}", RaiseEventAsync);
        group.MapPost("/instances/{id}/terminate", (HttpRequest request, string id) =>
            TellAsync(request, id, reason => client.TerminateInstanceAsync(id, (object?)reason)));
        group.MapPost("/instances/{id}/suspend", (HttpRequest request, string id) =>
            TellAsync(request, id, reason => client.SuspendInstanceAsync(id, reason)));
        group.MapPost("/instances/{id}/resume", (HttpRequest request, string id) =>
            TellAsync(request, id, reason => client.ResumeInstanceAsync(id, reason)));
        group.MapPost("/instances/{id}/rewind", RewindAsync);
    }

    private async Task<IResult> RaiseEventAsync(HttpRequest request, string id, string name)
    {
        if (await client.GetInstanceAsync(id) is not { } instance)
            return ManagementErrors.NotFound(id);
        if (instance.IsCompleted)
            return ManagementErrors.Gone(instance);
        await client.RaiseEventAsync(id, name, await JsonBody.ReadAsync(request, required: true));
        return Results.Accepted();
    }

    private async Task<IResult> TellAsync(HttpRequest request, string id, Func<string?, Task> tell)
    {
        if (await client.GetInstanceAsync(id) is not { } instance)
            return ManagementErrors.NotFound(id);
        if (instance.IsCompleted)
            return ManagementErrors.Gone(instance);
        await tell(new ManagementQuery(request).Text("reason"));
        return Results.Accepted();
    }

    private async Task<IResult> RewindAsync(HttpRequest request, string id)
    {
        if (await client.GetInstanceAsync(id) is not { } instance)
            return ManagementErrors.NotFound(id);
        switch (instance.RuntimeStatus)
        {
            case OrchestrationRuntimeStatus.Failed:
                await client.RewindInstanceAsync(id, new ManagementQuery(request).Text("reason") ?? "");
                return Results.Accepted();
            case OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Terminated or OrchestrationRuntimeStatus.Canceled:
                return ManagementErrors.Gone(instance);
            default:
                return ManagementErrors.Conflict($"Only a failed orchestration can be rewound; '{id}' is {instance.RuntimeStatus}.");
        }
    }
}
