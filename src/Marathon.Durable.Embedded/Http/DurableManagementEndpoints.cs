using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Marathon.Durable.Embedded;

/// <summary>
/// The management API of Durable Functions over any <see cref="DurableClient"/>: same routes, status codes and bodies.
/// It authenticates nobody; that is for the host that maps it.
/// </summary>
public static class DurableManagementEndpoints
{
    public const string BasePath = "/runtime/webhooks/durabletask";

    /// <param name="client">The engine that is managed.</param>
    /// <param name="registry">When given, starting a name that it does not hold is refused with 400.</param>
    /// <returns>The group of all its routes, to add authorization or filters to.</returns>
    public static RouteGroupBuilder MapDurableManagement(
        this IEndpointRouteBuilder endpoints, DurableClient client, DurableTaskRegistry? registry = null)
    {
        RouteGroupBuilder group = endpoints.MapGroup(BasePath);
        group.AddEndpointFilter(Http.ManagementErrors.TranslateAsync);
        group.WithMetadata(new Http.RequestSizeLimit(Http.JsonBody.MaxBytes));
        new Http.StartEndpoints(client, registry).Map(group);
        new Http.StatusEndpoints(client).Map(group);
        new Http.CommandEndpoints(client).Map(group);
        new Http.PurgeEndpoints(client).Map(group);
        return group;
    }
}
