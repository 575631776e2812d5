using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Marathon.Durable.Embedded.Http;

/// <summary>Removes what has ended.</summary>
internal sealed class PurgeEndpoints(DurableClient client)
{
    public void Map(RouteGroupBuilder group)
    {
        group.MapDelete("/instances/{id}", PurgeAsync);
        group.MapDelete("/instances", PurgeAllAsync);
    }

    private async Task<IResult> PurgeAsync(string id, CancellationToken cancellation) =>
        await client.GetInstanceAsync(id, cancellation) is null
            ? ManagementErrors.NotFound(id)
            : Deleted(await client.PurgeInstanceAsync(id, cancellation));

    private async Task<IResult> PurgeAllAsync(HttpRequest request, CancellationToken cancellation)
    {
        ManagementQuery query = new(request);
        if (query.Time("createdTimeFrom") is not { } from)
            return ManagementErrors.BadRequest("The query parameter createdTimeFrom is missing; it keeps a purge from taking everything by mistake.");
        PurgeInstancesFilter filter = new(from, query.Time("createdTimeTo"), query.Statuses("runtimeStatus"));
        PurgeResult purged = await client.PurgeAllInstancesAsync(filter, cancellation);
        return purged.PurgedInstanceCount == 0
            ? Results.Problem("No instance that has ended matches.", statusCode: StatusCodes.Status404NotFound)
            : Deleted(purged);
    }

    private static IResult Deleted(PurgeResult purged) => Results.Json(new { instancesDeleted = purged.PurgedInstanceCount });
}
