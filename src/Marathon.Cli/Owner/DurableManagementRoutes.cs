using Marathon.Controller.Http;
using Marathon.Durable;
using Marathon.Durable.Embedded;

namespace Marathon.Cli.Owner;

/// <summary>Durable's own management API, for operators alone.</summary>
internal static class DurableManagementRoutes
{
    private const long MaxBodyBytes = 4 << 20;

    /// <summary>Maps it.</summary>
    public static void Map(WebApplication web)
    {
        // A group around it: the gate must come before its own filters, which turn its errors into answers.
        RouteGroupBuilder operators = web.MapGroup("");
        operators.AddEndpointFilter(async (invocation, next) =>
        {
            HttpContext context = invocation.HttpContext;
            ApiRoute route = new(
                context.Request.Method, DurableManagementEndpoints.BasePath, ApiAccess.Operator, MaxBodyBytes,
                async _ => (IResult)(await next(invocation))!);
            return await ApiGate.RunAsync(route, context);
        });
        operators.MapDurableManagement(
            web.Services.GetRequiredService<DurableClient>(), web.Services.GetRequiredService<DurableTaskRegistry>());
    }
}
