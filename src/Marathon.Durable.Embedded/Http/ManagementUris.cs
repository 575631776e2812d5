using Microsoft.AspNetCore.Http;

namespace Marathon.Durable.Embedded.Http;

/// <summary>What a client may do with an instance, as links under the address it called.</summary>
internal static class ManagementUris
{
    public static string Status(HttpRequest request, string instanceId) =>
        $"{request.Scheme}://{request.Host}{request.PathBase}{DurableManagementEndpoints.BasePath}/instances/{Uri.EscapeDataString(instanceId)}";

    /// <summary>The answer to a start: 202 with the links.</summary>
    public static IResult Accepted(HttpRequest request, string instanceId)
    {
        string instance = Status(request, instanceId);
        request.HttpContext.Response.Headers.Location = instance;
        request.HttpContext.Response.Headers.RetryAfter = "10";
        return Results.Json(
            new
            {
                id = instanceId,
                statusQueryGetUri = instance,
                sendEventPostUri = instance + "/raiseEvent/{eventName}",
                terminatePostUri = instance + "/terminate?reason={text}",
                rewindPostUri = instance + "/rewind?reason={text}",
                purgeHistoryDeleteUri = instance,
                restartPostUri = instance + "/restart",
                suspendPostUri = instance + "/suspend?reason={text}",
                resumePostUri = instance + "/resume?reason={text}",
            },
            statusCode: StatusCodes.Status202Accepted);
    }
}
