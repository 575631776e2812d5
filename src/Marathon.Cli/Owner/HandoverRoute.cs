using Marathon.Controller.Http;

namespace Marathon.Cli.Owner;

/// <summary><c>POST /api/owner/handover</c>: the owner answers, lets go of the data folder, and leaves its runs to the next.</summary>
internal static class HandoverRoute
{
    /// <summary>Its path.</summary>
    public const string Path = "api/owner/handover";

    /// <summary>Maps it.</summary>
    public static void Map(WebApplication web)
    {
        ApiRoute route = new("POST", Path, ApiAccess.Operator, MaxBodyBytes: 0, context =>
        {
            HandoverRequest request = context.RequestServices.GetRequiredService<HandoverRequest>();
            context.Response.OnCompleted(() =>
            {
                request.Ask();
                return Task.CompletedTask;
            });
            return Task.FromResult(Results.StatusCode(StatusCodes.Status202Accepted));
        });
        web.MapPost("/" + Path, (RequestDelegate)(async context => await (await ApiGate.RunAsync(route, context)).ExecuteAsync(context)));
    }
}
